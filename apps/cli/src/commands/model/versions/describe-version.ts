import type { ModelSummary, VersionSummary } from '@dsapi/registry'

const iso = (instant: number) => new Date(instant).toISOString()

const infoOf = (version: VersionSummary | undefined) => ({
  format: version?.format ?? null,
  producer: version?.info?.producer ?? null,
  features: version?.info?.features ?? null,
  output: version?.info?.output ?? null,
})

/** A version as JSON, with the names of `GET /models/{name}/versions/{version}`. */
export const describeVersion = (version: VersionSummary) => ({
  ...{ name: version.name, version: version.version, model_version: version.tag },
  ...{ sha256: version.sha256, size: version.size },
  ...infoOf(version),
  warnings: version.info?.warnings ?? [],
  ...{ options: version.options, has_samples: version.hasSamples },
  ...{ created_at: iso(version.createdAt), created_by: version.createdBy },
  served: version.isServed,
  ...{ canary_share: version.canaryShare ?? null, shadow: version.isShadow },
})

/** A model as JSON, with the names of `GET /models/{name}`. */
export const describeModel = (model: ModelSummary) => ({
  ...{ name: model.name, version: model.served },
  model_version: model.servedVersion?.tag ?? null,
  ...infoOf(model.servedVersion),
  ...{ canary: model.canary ?? null, shadow: model.shadow ?? null },
  changed_at: iso(model.changedAt),
})
