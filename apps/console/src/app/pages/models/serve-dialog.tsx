import type { ModelVersion, ModelWithVersions } from '@dsapi/client'
import { ask } from '../../api/request.ts'
import { refresh } from '../../state/live.ts'
import { announce } from '../../ui/announce.tsx'
import { Confirm } from '../../ui/confirm.tsx'

type ServeDialogProps = {
  readonly model: ModelWithVersions
  readonly version: ModelVersion
  readonly onClose: () => void
}

const namesOf = (features: ModelVersion['features']) => features?.map(({ name }) => name) ?? []

/** Asks before another version is served. If it needs other features, its number must be typed. */
export const ServeDialog = ({ model, version, onClose }: ServeDialogProps) => {
  const before = namesOf(model.features)
  const after = namesOf(version.features)
  const added = after.filter((name) => !before.includes(name))
  const removed = before.filter((name) => !after.includes(name))
  const isOther = added.length + removed.length > 0
  return (
    <Confirm
      title={`Serve version ${version.version}?`}
      action={`Serve version ${version.version}`}
      danger={isOther}
      {...(isOther && { typed: String(version.version) })}
      onClose={onClose}
      onConfirm={async () => {
        const path = `/api/models/${encodeURIComponent(model.name)}/served`
        await ask(path, { method: 'PUT', body: { version: version.version } })
        announce(`Version ${version.version} is served`)
        refresh()
      }}
    >
      <p>
        Version {model.version} is served now. Version {version.version} takes its place within a
        second, for all requests.
      </p>
      {isOther && (
        <div class="problem">
          <div>
            <p>The versions have other features. Requests that name the old ones will fail.</p>
            {added.length > 0 && <p class="name">Added: {added.join(', ')}</p>}
            {removed.length > 0 && <p class="name">Removed: {removed.join(', ')}</p>}
          </div>
        </div>
      )}
    </Confirm>
  )
}
