import type { Batch } from '../../batch.ts'
import { InputError } from '../../input-error.ts'
import { shorten } from '../../protocols/shorten.ts'
import type { Input } from './describe-inputs.ts'

/**
 * Makes what turns a batch into rows of all features, as the trees compare them.
 *
 * @param refusesUnknown whether a category that the model does not know is an error, as in XGBoost, or missing, as in
 *   LightGBM
 * @returns throws InputError for a category that is refused
 */
export const createRowFiller = (
  inputs: readonly Input[],
  refusesUnknown: boolean,
): ((batch: Batch) => Batch['numbers']) => {
  if (inputs.every(({ codes }) => codes === undefined)) return ({ numbers }) => numbers
  const width = inputs.length
  return ({ nRows, numbers, texts }) => {
    const rows = new Float64Array(nRows * width)
    const nNumbers = width - texts.length
    let [text, number] = [0, 0]
    for (const [place, { feature, codes }] of inputs.entries()) {
      const column = feature.type === 'text' ? texts[text++] : undefined
      const at = column === undefined ? number++ : 0
      for (let row = 0; row < nRows; row++) {
        const value = column === undefined ? numbers[row * nNumbers + at] : column[row]
        const code = codes === undefined ? Number(value) : codeOf(codes, value)
        if (code === undefined && refusesUnknown) throw unknownCategory(feature.name, value, row)
        rows[row * width + place] = code ?? Number.NaN
      }
    }
    return rows
  }
}

type Value = string | number | null

/** NaN for a value that is missing, undefined for one that is not known. */
const codeOf = (codes: ReadonlyMap<string | number, number>, value: Value): number | undefined =>
  value === null || Number.isNaN(value) ? Number.NaN : codes.get(value)

const unknownCategory = (field: string, value: Value, row: number) => {
  const shown = JSON.stringify(typeof value === 'string' ? shorten(value) : value)
  return new InputError(`is ${shown}, which is no category that the model knows`, { row, field })
}
