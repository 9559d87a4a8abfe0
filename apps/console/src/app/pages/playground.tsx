import type { ModelWithVersions } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import type { ModelList } from '../api/types.ts'
import { location, setQuery } from '../router/location.ts'
import { predictSnippets } from '../snippets/predict-snippets.ts'
import { Snippets } from '../snippets/snippets.tsx'
import { useAsked } from '../state/use-asked.ts'
import { Command } from '../ui/command.tsx'
import { Choice } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { AnswerView } from './playground/answer-view.tsx'
import { answersOf, chosenOf } from './playground/answers.ts'
import { Picture } from './playground/picture.tsx'
import { cellsOf, type Row } from './playground/row.ts'
import { RowForm } from './playground/row-form.tsx'
import { ServerPanel } from './playground/server-panel.tsx'
import { useLocalModel } from './playground/use-local-model.ts'
import { Why } from './playground/why.tsx'

/** Asks a model: a row, its answer, and a picture of the answers around it. */
export const Playground = () => {
  const list = useAsked<ModelList>('/api/models')
  const models = list.data?.models ?? []
  const asked = location.value.query.get('m')
  const model =
    models.find(({ name }) => name === asked) ??
    models.find(({ name }) => name === 'default') ??
    models[0]
  return (
    <Page
      title="Playground"
      lead="Ask a model for one row, and see what it answers around it."
      actions={
        models.length > 1 &&
        model && (
          <Choice
            label="Model"
            value={model.name}
            choices={models.map(({ name }) => [name, name] as const)}
            onChange={(m) => setQuery({ m, x: undefined, y: undefined })}
          />
        )
      }
    >
      <Loaded
        of={list}
        empty={() =>
          model !== undefined ? undefined : (
            <>
              <p>There is no model yet. Add one on the server:</p>
              <Command text="dsapi model add model.json --name default" />
            </>
          )
        }
      >
        {() => model && <ModelPlayground key={model.name} name={model.name} />}
      </Loaded>
    </Page>
  )
}

const ModelPlayground = ({ name }: { readonly name: string }) => {
  const asked = useAsked<ModelWithVersions>(`/api/models/${encodeURIComponent(name)}`, {
    every: 5000,
  })
  const row = useSignal<Row>({})
  const model = asked.data
  const local = useLocalModel(model?.versions.find(({ served }) => served))
  const change = (values: Row) => {
    row.value = { ...row.value, ...values }
  }
  return (
    <Loaded of={asked}>
      {({ features, output, model_version: version }) => {
        if (features === null || output === null)
          return <p class="empty">The features of the served version are not known.</p>
        const cells = cellsOf(features, row.value)
        const own = local.state === 'ready' ? local.model : undefined
        const answer = answersOf(own?.answer, [cells])?.[0]
        const names = features.map((feature) => feature.name)
        return (
          <>
            <div class="playground">
              <div class="stack">
                <Panel title="Row">
                  <RowForm
                    features={features}
                    row={row.value}
                    onChange={(feature, value) => change({ [feature]: value })}
                  />
                </Panel>
                <Panel title="Answer">
                  {answer && (
                    <div aria-live="polite">
                      <AnswerView output={output} answer={answer} />
                    </div>
                  )}
                  <ServerPanel model={name} cells={cells} output={output} local={answer} />
                </Panel>
              </div>
              <div class="stack">
                <Panel title="Picture">
                  <Picture
                    model={name}
                    version={version ?? ''}
                    features={features}
                    output={output}
                    row={row.value}
                    local={local}
                    onChange={change}
                  />
                </Panel>
                {own?.logistic !== undefined && answer !== undefined && (
                  <Panel title="Why">
                    <Why
                      model={own.logistic}
                      names={names}
                      row={cells.map(Number)}
                      chosen={chosenOf(output, answer) ?? 0}
                    />
                  </Panel>
                )}
              </div>
            </div>
            <Panel title="Do this from a program">
              <Snippets
                of={predictSnippets(
                  name,
                  names.map((feature, index) => [feature, cells[index] ?? null] as const),
                )}
              />
            </Panel>
          </>
        )
      }}
    </Loaded>
  )
}
