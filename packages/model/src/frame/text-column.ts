import { ModelError } from '../errors.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'

/** The code of a missing text. */
export const MISSING = -1

/**
 * A column of texts in which each different text is kept once: row i has `values[codes[i]]`, or no value where the
 * code is -1. A million rows take four megabytes, and work on texts is done once for each different one.
 *
 * @example
 * const { values, codes } = TextColumn.from(['red', null, 'red'])
 * values // ['red']
 * codes // [0, -1, 0]
 */
export class TextColumn {
  readonly codes: Int32Array
  readonly values: readonly string[]

  /**
   * Takes both arrays as they are, without copying them.
   *
   * @param codes for each row an index of `values`, or -1
   * @param values texts in any order, each once; a text that no row has may be among them
   * @throws {ModelError} `invalid_data` when a code or a value is none
   */
  constructor(codes: Int32Array, values: readonly string[]) {
    if (!(codes instanceof Int32Array)) {
      throw new ModelError('invalid_data', `codes is ${show(codes)}; expected an Int32Array`)
    }
    checkValues(values)
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] >= MISSING && codes[row] < values.length) continue
      throw new ModelError(
        'invalid_data',
        `codes[${row}] is ${codes[row]}; expected -1, or the index of one of ${values.length} values`,
        { row },
      )
    }
    this.codes = codes
    this.values = values
  }

  /**
   * Copies texts into a column.
   *
   * @param texts a text for each row; null where there is none
   * @throws {ModelError} `invalid_data`, naming the row, when a value is neither text nor null
   */
  static from(texts: ArrayLike<string | null>, name = 'a column of texts'): TextColumn {
    checkArrayLike(texts, name)
    const codeOf = new Map<string, number>()
    const codes = new Int32Array(texts.length)
    for (let row = 0; row < texts.length; row++) {
      const text = texts[row]
      if (text === null) {
        codes[row] = MISSING
        continue
      }
      let code = codeOf.get(text)
      if (code === undefined) {
        if (typeof text !== 'string') refuseText(text, row, name)
        code = codeOf.size
        codeOf.set(text, code)
      }
      codes[row] = code
    }
    return new TextColumn(codes, Array.from(codeOf.keys()))
  }

  get length(): number {
    return this.codes.length
  }

  /** The text of row i; null where there is none. */
  at(i: number): string | null {
    return this.values[this.codes[i]] ?? null
  }
}

function refuseText(value: unknown, row: number, name: string): never {
  throw new ModelError(
    'invalid_data',
    `${name} is ${show(value)} in row ${row}; expected text, or null where a value is missing`,
    { row },
  )
}

function checkValues(values: unknown): void {
  checkArrayLike(values, 'values')
  const texts = Array.from(values as ArrayLike<unknown>)
  const wrong = texts.findIndex((value) => typeof value !== 'string')
  if (wrong !== -1) {
    throw new ModelError('invalid_data', `values[${wrong}] is ${show(texts[wrong])}; expected text`)
  }
  if (new Set(texts).size < texts.length) {
    throw new ModelError('invalid_data', 'values has a text twice; expected each once')
  }
}
