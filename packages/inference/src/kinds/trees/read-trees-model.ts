import { readLightgbm, readXgboost, TreesError } from '@dsapi/trees'
import type { ModelOptions } from '../../model-options.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { ModelOptionsError } from '../model-options-error.ts'
import { refuseOptions } from '../options/refuse-options.ts'
import { treesRuntime } from './trees-runtime.ts'

const forBoth = ['features', 'types', 'rename', 'classes', 'outputs', 'output'] as const

/** @throws TreesError for a file that cannot be served; ModelOptionsError for options that do not go with it */
export const readXgboostModel = (bytes: Uint8Array, options: ModelOptions): ModelRuntime => {
  refuseOptions('An XGBoost model', options, [...forBoth, 'missing', 'trees'])
  return treesRuntime(
    namingOptions(() => readXgboost(bytes, options)),
    options,
  )
}

/** @throws TreesError for a file that cannot be served; ModelOptionsError for options that do not go with it */
export const readLightgbmModel = (bytes: Uint8Array, options: ModelOptions): ModelRuntime => {
  refuseOptions('A LightGBM model', options, forBoth)
  return treesRuntime(readLightgbm(bytes), options)
}

/** What only the options can mend is an error about them. */
const namingOptions = <T>(read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    const isOption =
      cause instanceof TreesError && ['option_needed', 'invalid_option'].includes(cause.code)
    throw isOption ? new ModelOptionsError(cause.message, { cause }) : cause
  }
}
