import { type EngineType, findEngine } from '../src/engines/find-engine.ts'

/** The engines that are installed here. The native one may be in a folder of its own, which a variable names. */
export const engines: readonly EngineType[] = (['wasm', 'native'] as const).filter((type) => {
  try {
    return engineFor(type) !== undefined
  } catch {
    return false
  }
})

/** A certain engine. @throws Error when it is not installed */
export function engineFor(type: EngineType) {
  return findEngine([type], process.env.DSAPI_TEST_ONNXRUNTIME ?? process.cwd())
}
