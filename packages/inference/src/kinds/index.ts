import type { ModelOptions } from '../model-options.ts'
import type { ModelRuntime } from '../runtime.ts'
import type { LocalKind } from './kind.ts'
import { logisticRegression } from './logistic-regression.ts'

/** The kinds of models that are computed by our code. */
export const localKinds: readonly LocalKind[] = [logisticRegression]

/** How many bytes at the start of a file show its kind. */
export const headBytes = 4096

/**
 * Reads a model from the bytes of its file, whose content shows its kind.
 *
 * @param options what the file cannot say
 * @param kinds those that are known
 * @throws Error when the file is no model, or a damaged one; the message says why
 */
export const readModel = (
  bytes: Uint8Array,
  options: ModelOptions = {},
  kinds: readonly LocalKind[] = localKinds,
): ModelRuntime => {
  const head = bytes.subarray(0, headBytes)
  // If no kind recognizes the file, the oldest one explains what is missing.
  const kind = kinds.find(({ recognizes }) => recognizes(head)) ?? logisticRegression
  return kind.read(bytes, options)
}
