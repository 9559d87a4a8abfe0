import type { ModelRuntime } from '../runtime.ts'
import type { Kind } from './kind.ts'
import { logisticRegression } from './logistic-regression.ts'

const allKinds: readonly Kind[] = [logisticRegression]

/**
 * Reads a model from the text of its file, whose content tells its kind.
 *
 * @param kinds those that are known
 * @throws Error when the text is no model, or a damaged one; the message says why
 */
export const readModel = (text: string, kinds: readonly Kind[] = allKinds): ModelRuntime => {
  const json: unknown = JSON.parse(text)
  // What no kind recognizes is told what it lacks by the oldest of them.
  const kind = kinds.find(({ recognizes }) => recognizes(json)) ?? logisticRegression
  return kind.read(json)
}
