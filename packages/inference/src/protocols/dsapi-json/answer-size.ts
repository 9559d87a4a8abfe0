import type { ModelInfo, Output } from '../../model-info.ts'

const answerBytes = 2 ** 19
const rowBytes = 2 ** 20

/** About how many bytes the answer to a row has. */
export const answerBytesPerRow = ({ output }: ModelInfo): number =>
  36 + longestName(output) + 22 * (output.type === 'classes' ? output.classes : output.names).length

const longestName = (output: Output) => {
  const names: readonly (number | string)[] =
    output.type === 'classes' ? output.classes : output.names
  return names.reduce<number>((most, name) => Math.max(most, JSON.stringify(name).length), 0)
}

/** How many rows have an answer of about half a megabyte, and take a megabyte themselves at most. */
export const rowsPerPiece = (model: ModelInfo): number => {
  const byAnswer = answerBytes / answerBytesPerRow(model)
  const byRows = rowBytes / (8 * model.featureNames.length)
  return Math.max(1, Math.floor(Math.min(byAnswer, byRows)))
}
