import type * as Ort from 'onnxruntime-web'
import type { Engine } from '../compute/session.ts'
import type { FoundEngine } from './find-engine.ts'

/** Imports an engine, in the thread or process that computes with it. */
export const importEngine = async ({ type, url }: FoundEngine): Promise<Engine> => {
  const imported: { readonly default?: typeof Ort } & typeof Ort = await import(url)
  // Both are CommonJS modules when they are found by their path.
  const ort = imported.default ?? imported
  // With more, it would start threads of its own.
  if (type === 'wasm') ort.env.wasm.numThreads = 1
  return ort
}
