import type { ModelVersion, ModelWithVersions } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import { ask } from '../api/request.ts'
import { hasScope } from '../api/session.ts'
import { formatBytes, formatShare } from '../format.ts'
import { href } from '../router/location.ts'
import type { PageProps } from '../router/page-entry.ts'
import { refresh } from '../state/live.ts'
import { useAsked } from '../state/use-asked.ts'
import { announce } from '../ui/announce.tsx'
import { Badge } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Facts } from '../ui/facts.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { ServeDialog } from './models/serve-dialog.tsx'
import { answersOf } from './models.tsx'

/** One model with its versions. Admins serve another version, or the one before. */
export const Model = ({ parameters: { name = '' } }: PageProps) => {
  const pagePath = `/models/${encodeURIComponent(name)}`
  const path = `/api${pagePath}`
  const asked = useAsked<ModelWithVersions>(path, { every: 5000 })
  const isRollingBack = useSignal(false)
  const serving = useSignal<ModelVersion | undefined>(undefined)
  const isAdmin = hasScope('admin')
  return (
    <Page
      title={name}
      lead={<a href={href('/models')}>Models</a>}
      actions={
        <>
          {hasScope('predict') && (
            <a class="button" href={href(`/playground?m=${encodeURIComponent(name)}`)}>
              Try it
            </a>
          )}
          <a class="button" href={href(`${pagePath}/evaluation`)}>
            Evaluation
          </a>
          {(asked.data?.versions.length ?? 0) > 1 && (
            <a class="button" href={href(`${pagePath}/compare`)}>
              Compare
            </a>
          )}
          {isAdmin && (asked.data?.versions.length ?? 0) > 1 && (
            <button
              type="button"
              onClick={() => {
                isRollingBack.value = true
              }}
            >
              Roll back
            </button>
          )}
        </>
      }
    >
      <Loaded of={asked}>
        {(model) => (
          <>
            <Panel title="Served now">
              <Facts
                of={[
                  ['Version', <code key="v">{model.model_version ?? model.version}</code>],
                  ['Kind', model.format ?? '–'],
                  ['Made by', model.producer ?? '–'],
                  ['Answers', answersOf(model)],
                  [
                    'Features',
                    <span key="f" class="name">
                      {model.features?.map((feature) => feature.name).join(', ') ?? '–'}
                    </span>,
                  ],
                  ['Changed', <Time key="c" at={model.changed_at} />],
                ]}
              />
            </Panel>
            <Panel title="Versions" class="flush">
              <VersionTable
                versions={model.versions}
                {...(isAdmin && {
                  onServe: (version: ModelVersion) => {
                    serving.value = version
                  },
                })}
              />
            </Panel>
            {serving.value !== undefined && (
              <ServeDialog
                model={model}
                version={serving.value}
                onClose={() => {
                  serving.value = undefined
                }}
              />
            )}
            {isRollingBack.value && (
              <Confirm
                title="Roll back?"
                action="Roll back"
                danger
                onClose={() => {
                  isRollingBack.value = false
                }}
                onConfirm={async () => {
                  await ask(`${path}/rollback`, { method: 'POST' })
                  announce('The version before is served again')
                  refresh()
                }}
              >
                <p>
                  Version {model.version} of <strong class="name">{name}</strong> is served now. The
                  version that was served before takes its place within a second.
                </p>
              </Confirm>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

type VersionTableProps = {
  readonly versions: readonly ModelVersion[]
  readonly onServe?: (version: ModelVersion) => void
}

const VersionTable = ({ versions, onServe }: VersionTableProps) => (
  <Table
    label="Versions"
    head={
      <>
        <th class="number">Version</th>
        <th>Hash</th>
        <th>State</th>
        <th>Kind</th>
        <th class="number">Features</th>
        <th class="number">Size</th>
        <th>Added</th>
        {onServe && (
          <th>
            <span class="unseen">Change</span>
          </th>
        )}
      </>
    }
  >
    {versions.map((version) => (
      <tr key={version.version} data-row>
        <td class="number">{version.version}</td>
        <td class="mono" title={version.sha256}>
          {version.sha256.slice(0, 8)}
        </td>
        <td class="nowrap">
          {version.served && <Badge tone="good">served</Badge>}
          {version.canary_share !== null && (
            <Badge tone="busy">{`canary ${formatShare(version.canary_share)}`}</Badge>
          )}
          {version.shadow && <Badge tone="wait">shadow</Badge>}
        </td>
        <td class="nowrap">{version.format}</td>
        <td class="number">{version.features?.length ?? '–'}</td>
        <td class="number nowrap">{formatBytes(version.size)}</td>
        <td class="nowrap">
          <Time at={version.created_at} />
        </td>
        {onServe && (
          <td class="end">
            {!version.served && (
              <button type="button" data-open onClick={() => onServe(version)}>
                Serve
              </button>
            )}
          </td>
        )}
      </tr>
    ))}
  </Table>
)
