import { describe } from 'vitest'
import { type EngineType, type FoundEngine, findEngine } from '../src/engines/find-engine.ts'

/** A certain engine. The native one may be in a folder of its own, which a variable names. @throws Error without it */
export const engineFor = (type: EngineType): FoundEngine =>
  findEngine([type], process.env.DSAPI_TEST_ONNXRUNTIME ?? process.cwd())

const isInstalled = (type: EngineType): boolean => {
  try {
    return engineFor(type).type === type
  } catch {
    return false
  }
}

const howToInstall =
  'ONNXRUNTIME_NODE_INSTALL=skip npm install --prefix FOLDER onnxruntime-node, and DSAPI_TEST_ONNXRUNTIME=FOLDER'

/** Defines tests for WebAssembly, and for the native engine where it is installed. */
export const describeEngines = (tests: (type: EngineType) => void): void => {
  describe('the wasm engine', () => tests('wasm'))
  if (isInstalled('native')) describe('the native engine', () => tests('native'))
  else describe.skip(`the native engine (needs ${howToInstall})`, () => tests('native'))
}
