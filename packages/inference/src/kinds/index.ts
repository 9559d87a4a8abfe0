import type { ModelOptions } from '../model-options.ts'
import type { ModelRuntime } from '../runtime.ts'
import type { LocalKind } from './kind.ts'
import { lightgbm } from './lightgbm.ts'
import { linearRegression } from './linear-regression.ts'
import { logisticRegression } from './logistic-regression.ts'
import { pipeline } from './pipeline.ts'
import { refuseOthers } from './refuse-others.ts'
import { xgboost } from './xgboost.ts'

/** The kinds of models that are computed by our code. */
export const localKinds: readonly LocalKind[] = [
  pipeline,
  linearRegression,
  logisticRegression,
  xgboost,
  lightgbm,
]

/** How many bytes at the start of a file show its kind. */
export const headBytes = 4096

/**
 * Reads a model from the bytes of its file, whose content shows its kind.
 *
 * @param options what the file cannot say
 * @param kinds those that are known
 * @throws NotAModelError when the file is none of a known kind; ModelOptionsError when the options do not go with it;
 *   Error when it is a damaged one, or cannot be served. The message says why
 */
export const readModel = async (
  bytes: Uint8Array,
  options: ModelOptions = {},
  kinds: readonly LocalKind[] = localKinds,
): Promise<ModelRuntime> => {
  const head = bytes.subarray(0, headBytes)
  const kind = kinds.find(({ recognizes }) => recognizes(head))
  if (kind === undefined) throw await refuseOthers(head)
  return kind.read(bytes, options)
}
