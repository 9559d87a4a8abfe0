import type { StoredModel } from '@dsapi/registry'
import type { ModelDescription, VersionDescription } from './describe-model.ts'

/** The model of the examples that change something, and what of it is served. */
export const exampleName = 'churn'

const changedAt = '2026-11-23T21:00:00.000Z'

/** Its versions, the newest first. All have the file of the model in whose names the document speaks. A test puts them into a
 * database. */
export const exampleVersions = ({
  sha256,
  model,
  artifact,
}: StoredModel): readonly VersionDescription[] =>
  [3, 2, 1].map((version) => ({
    name: exampleName,
    version,
    model_version: `${version}-${sha256.slice(0, 8)}`,
    sha256,
    size: artifact.type === 'bytes' ? artifact.bytes.length : artifact.size,
    format: model.info.format,
    producer: model.info.producer ?? null,
    features: model.info.features,
    output: model.info.output,
    options: {},
    has_samples: false,
    created_at: `2026-11-2${version}T20:00:00.000Z`,
    served: version === 2,
    canary_share: version === 3 ? 0.1 : null,
    shadow: false,
  }))

/** The model, with the second version served and the third as a canary. */
export const exampleModel = (stored: StoredModel): ModelDescription => {
  const { info } = stored.model
  return {
    name: exampleName,
    version: 2,
    model_version: `2-${stored.sha256.slice(0, 8)}`,
    format: info.format,
    producer: info.producer ?? null,
    features: info.features,
    output: info.output,
    canary: { version: 3, share: 0.1 },
    shadow: null,
    changed_at: changedAt,
  }
}
