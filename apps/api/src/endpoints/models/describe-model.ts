import type { ModelSummary, VersionSummary } from '@dsapi/registry'

const iso = (instant: number) => new Date(instant).toISOString()

/** What a version asks and answers. */
const infoOf = (version: VersionSummary | undefined) => ({
  format: version?.format ?? null,
  producer: version?.info?.producer ?? null,
  features: version?.info?.features ?? null,
  output: version?.info?.output ?? null,
})

/** A model as JSON. */
export const describeModel = ({
  name,
  served,
  servedVersion,
  canary,
  shadow,
  changedAt,
}: ModelSummary) => ({
  ...{ name, version: served, model_version: servedVersion?.tag ?? null },
  ...infoOf(servedVersion),
  ...{ canary: canary ?? null, shadow: shadow ?? null, changed_at: iso(changedAt) },
})

/** A version as JSON. Who has added it is for admins, who find it in the audit. */
export const describeVersion = (version: VersionSummary) => ({
  ...{ name: version.name, version: version.version, model_version: version.tag },
  ...{ sha256: version.sha256, size: version.size },
  ...infoOf(version),
  ...{ options: version.options, has_samples: version.hasSamples },
  ...{ created_at: iso(version.createdAt), served: version.isServed },
  ...{ canary_share: version.canaryShare ?? null, shadow: version.isShadow },
})

export type ModelDescription = ReturnType<typeof describeModel>
export type VersionDescription = ReturnType<typeof describeVersion>
