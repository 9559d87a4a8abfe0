import { readLightgbmInSteps, readXgboostInSteps, TreesError } from '@dsapi/trees'
import type { ModelOptions } from '../../model-options.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { ModelOptionsError } from '../model-options-error.ts'
import { refuseOptions } from '../options/refuse-options.ts'
import { inSlices } from './in-slices.ts'
import { treesRuntime } from './trees-runtime.ts'

const forBoth = ['features', 'types', 'rename', 'classes', 'outputs', 'output'] as const

/** @throws TreesError for a file that cannot be served; ModelOptionsError for options that do not go with it */
export const readXgboostModel = async (
  bytes: Uint8Array,
  options: ModelOptions,
): Promise<ModelRuntime> => {
  refuseOptions('An XGBoost model', options, [...forBoth, 'missing', 'trees'])
  const model = await namingOptions(() => inSlices(readXgboostInSteps(bytes, options)))
  return treesRuntime(model, options)
}

/** @throws TreesError for a file that cannot be served; ModelOptionsError for options that do not go with it */
export const readLightgbmModel = async (
  bytes: Uint8Array,
  options: ModelOptions,
): Promise<ModelRuntime> => {
  refuseOptions('A LightGBM model', options, forBoth)
  return treesRuntime(await inSlices(readLightgbmInSteps(bytes)), options)
}

/** What only the options can mend is an error about them. */
const namingOptions = async <T>(read: () => Promise<T>): Promise<T> => {
  try {
    return await read()
  } catch (cause) {
    const isOption =
      cause instanceof TreesError && ['option_needed', 'invalid_option'].includes(cause.code)
    throw isOption ? new ModelOptionsError(cause.message, { cause }) : cause
  }
}
