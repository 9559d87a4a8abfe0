import type { Artifact, ModelOptions } from '@dsapi/inference'
import { readArtifact, serveEngine } from '@dsapi/inference/engines'
import { loadModel } from '../compute/load-model.ts'
import type { FoundEngine } from './find-engine.ts'
import { importEngine } from './import-engine.ts'

/** What a thread or process that computes is started with. */
export type OnnxStart = {
  readonly engine: FoundEngine
  readonly artifact: Artifact
  readonly options: ModelOptions
}

/** After this, the memory of the WebAssembly engine may hold anything. */
const isBroken = (error: unknown) => error instanceof Error && error.name === 'RuntimeError'

serveEngine(async ({ engine, artifact, options }: OnnxStart) => {
  const ort = await importEngine(engine)
  const { hello, predict } = await loadModel(ort, await readArtifact(artifact), options)
  return {
    hello,
    predict: async (batch) => {
      try {
        return await predict(batch)
      } catch (error) {
        // Once the error is posted, this thread ends, and another takes its place.
        if (isBroken(error)) setImmediate(() => process.exit(1))
        throw error
      }
    },
  }
})
