import type { ModelInfo } from '@dsapi/inference'
import { type Label, parseDecimal } from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'
import type { LabelledRows } from '../tables/labelled-rows.ts'

/**
 * Reads labels in the type in which a model answers: classes as it has them, or numbers.
 *
 * @throws CliError when a label cannot be an answer of the model, or the model answers with several values
 */
export const labelsFor = (
  { output }: ModelInfo,
  { labels, lines }: LabelledRows,
): readonly Label[] => {
  if (output.type === 'values' && output.names.length > 1) {
    throw new CliError(
      `The model answers with ${output.names.length} values, and a label is one. Only models that answer with a class or one value are scored`,
    )
  }
  const isText = output.type === 'classes' && typeof output.classes[0] !== 'number'
  return labels.map((label, place) => {
    if (isText) return label
    const number = parseDecimal(label)
    if (number !== undefined) return number
    const expected =
      output.type === 'values'
        ? 'the model answers with numbers'
        : `the classes of the model are numbers: ${output.classes.slice(0, 10).join(', ')}`
    throw new CliError(
      `Line ${lines[place]}: the label ${JSON.stringify(label)} is no number, but ${expected}`,
    )
  })
}
