import type { ModelOptions } from '@dsapi/inference'
import type { PythonArguments } from './python-model.ts'

/** The options of `dsapi model add`. */
export type AddArguments = ModelOptions &
  PythonArguments & {
    readonly name: string
    readonly samples?: string
    readonly serve?: true
    readonly python?: string
    readonly json?: true
  }

/** What the file cannot say: the options that were given. */
export const toModelOptions = (given: AddArguments): ModelOptions => {
  const { features, types, rename, classes, outputs, output, missing, trees, outputName } = given
  const all = { features, types, rename, classes, outputs, output, missing, trees, outputName }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
