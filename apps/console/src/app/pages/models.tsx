import type { Model } from '@dsapi/client'
import type { ModelList } from '../api/types.ts'
import { formatShare } from '../format.ts'
import { href } from '../router/location.ts'
import { useAsked } from '../state/use-asked.ts'
import { Command } from '../ui/command.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'

/** All models, with the version that each serves. */
export const Models = () => {
  const list = useAsked<ModelList>('/api/models', { every: 5000 })
  return (
    <Page title="Models" lead="What this server answers with.">
      <Panel class="flush">
        <Loaded
          of={list}
          empty={({ models }) =>
            models.length > 0 ? undefined : (
              <>
                <p>There is no model yet. Add one on the server:</p>
                <Command text="dsapi model add model.json --name default" />
              </>
            )
          }
        >
          {({ models }) => (
            <Table
              label="Models"
              head={
                <>
                  <th>Name</th>
                  <th>Served version</th>
                  <th>Kind</th>
                  <th class="number">Features</th>
                  <th>Answers</th>
                  <th>Canary</th>
                  <th>Shadow</th>
                  <th>Changed</th>
                </>
              }
            >
              {models.map((model) => (
                <tr key={model.name} data-row>
                  <td>
                    <a
                      data-open
                      class="name"
                      href={href(`/models/${encodeURIComponent(model.name)}`)}
                    >
                      {model.name}
                    </a>
                  </td>
                  <td class="mono nowrap">{model.model_version ?? model.version}</td>
                  <td class="nowrap">{model.format ?? '–'}</td>
                  <td class="number">{model.features?.length ?? '–'}</td>
                  <td>{answersOf(model)}</td>
                  <td class="nowrap">
                    {model.canary === null
                      ? '–'
                      : `version ${model.canary.version}, ${formatShare(model.canary.share)}`}
                  </td>
                  <td class="nowrap">{model.shadow === null ? '–' : `version ${model.shadow}`}</td>
                  <td class="nowrap">
                    <Time at={model.changed_at} />
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </Loaded>
      </Panel>
    </Page>
  )
}

/** The classes or values that a model answers with, in a few words. */
export const answersOf = ({ output }: Pick<Model, 'output'>): string => {
  if (output === null) return '–'
  if (output.type === 'values')
    return output.names.length === 1 ? 'a value' : output.names.join(', ')
  const names = output.classes.slice(0, 4).map(String).join(', ')
  return output.classes.length > 4 ? `${names} and ${output.classes.length - 4} more` : names
}
