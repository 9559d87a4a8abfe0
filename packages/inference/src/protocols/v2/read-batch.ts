import type { Batch } from '../../batch.ts'
import type { Feature } from '../../model-info.ts'
import { interleave } from '../json/interleave.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'
import type { Input } from './input.ts'
import type { InputLayout } from './input-layout.ts'
import type { Numbers } from './numbers.ts'
import { readNumbers, readTexts, type Sources } from './read-elements.ts'
import type { Texts } from './texts.ts'

/**
 * Reads the rows of inputs. One tensor of numbers that has all features becomes the batch as it is.
 *
 * @throws what `jsonProblem` knows
 */
export const readBatch = (
  sources: Sources,
  layout: InputLayout,
  features: readonly Feature[],
): Batch | Wrong =>
  layout.type === 'rows'
    ? readRows(sources, layout, features)
    : readColumns(sources, layout, features)

const isText = ({ type }: Feature) => type === 'text'

const readRows = (
  sources: Sources,
  { input, nRows }: Extract<InputLayout, { readonly type: 'rows' }>,
  features: readonly Feature[],
): Batch | Wrong => {
  if (!features.some(isText)) {
    const numbers = readNumbers(sources, input, features)
    return numbers instanceof Wrong ? numbers : { nRows, numbers, texts: [] }
  }
  if (!features.every(isText)) {
    const message =
      'cannot have all features, of which some are numbers and some texts: send an input for each'
    return new Wrong(input.field, message, `The input "${shorten(input.name)}" ${message}`)
  }
  const texts = readTexts(sources, input, features)
  if (texts instanceof Wrong) return texts
  const columns = features.map((_, k) =>
    Array.from({ length: nRows }, (__, row) => texts[row * features.length + k]),
  )
  return { nRows, numbers: new Float64Array(0), texts: columns }
}

const readColumns = (
  sources: Sources,
  { inputs, nRows }: Extract<InputLayout, { readonly type: 'columns' }>,
  features: readonly Feature[],
): Batch | Wrong => {
  const columns: (Numbers | undefined)[] = []
  const texts: Texts[] = []
  for (const [k, feature] of features.entries()) {
    const column = readColumn(sources, inputs[k], feature)
    if (column instanceof Wrong) return column
    if (isNumbers(column)) columns.push(column)
    else if (isText(feature)) texts.push(column ?? new Array<null>(nRows).fill(null))
    else columns.push(undefined)
  }
  return { nRows, numbers: interleave(columns, nRows), texts }
}

const readColumn = (
  sources: Sources,
  input: Input | undefined,
  feature: Feature,
): Numbers | Texts | Wrong | undefined => {
  if (input === undefined) return undefined
  return isText(feature)
    ? readTexts(sources, input, [feature])
    : readNumbers(sources, input, [feature])
}

const isNumbers = (column: Numbers | Texts | undefined): column is Numbers =>
  ArrayBuffer.isView(column)
