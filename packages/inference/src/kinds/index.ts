import type { ModelRuntime } from '../runtime.ts'
import type { Kind } from './kind.ts'
import { logisticRegression } from './logistic-regression.ts'

const allKinds: readonly Kind[] = [logisticRegression]

/**
 * Reads a model from the text of its file, whose content shows its kind.
 *
 * @param kinds those that are known
 * @throws Error when the text is no model, or a damaged one; the message says why
 */
export const readModel = (text: string, kinds: readonly Kind[] = allKinds): ModelRuntime => {
  const json: unknown = JSON.parse(text)
  // If no kind recognizes the file, the oldest one explains what is missing.
  const kind = kinds.find(({ recognizes }) => recognizes(json)) ?? logisticRegression
  return kind.read(json)
}
