import type { EngineKind } from '@dsapi/inference'
import { describesPython } from './description.ts'
import { startPython } from './start-python.ts'

export { type PythonModel, writePythonModel } from './description.ts'

/**
 * Python models, which child processes of the user's own interpreter compute. The file of such a model names code on
 * this machine, so it must come from an operator and never from an upload.
 */
export const python: EngineKind = {
  name: 'python',
  recognizes: describesPython,
  start: startPython,
}
