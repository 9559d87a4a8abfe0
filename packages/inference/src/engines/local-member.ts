// The process of one large model that our own code computes.

import type { Artifact } from '../artifact.ts'
import { readModel } from '../kinds/index.ts'
import type { ModelOptions } from '../model-options.ts'
import { readArtifact } from './read-artifact.ts'
import { serveEngine } from './serve-engine.ts'

/** What the process is started with. */
export type LocalStart = { readonly artifact: Artifact; readonly options: ModelOptions }

serveEngine(async ({ artifact, options }: LocalStart) => {
  const { info, predict } = await readModel(await readArtifact(artifact), options)
  return { hello: info, predict: (batch) => predict(batch) }
})
