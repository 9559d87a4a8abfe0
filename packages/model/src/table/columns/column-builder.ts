import { MISSING, TextColumn } from '../../frame/text-column.ts'
import { parseDecimalBytes } from '../decimal-bytes.ts'
import { GrowingArray } from '../growing-array.ts'
import type { HeldRows } from '../held-rows.ts'
import { isMissingMarker, isMissingText } from '../missing-markers.ts'
import { decodeText } from '../utf8.ts'
import { type CellForm, findForm, number, numberForms } from './cell-forms.ts'
import { countDistinct } from './count-distinct.ts'
import { GrowingCodes } from './growing-codes.ts'
import { lookUp } from './look-up.ts'
import type { ColumnContent, ReadColumn, StrangeCells } from './read-column.ts'
import { TextCodes } from './text-codes.ts'

/** With so many different cells, a column that has only numbers is kept as numbers. */
const SETTLE_AT = 1024
/** More different texts are counted, not kept: they are names of rows, not categories. */
const MAX_TEXTS = 100_000
/** Texts between numbers are a mistake where there are at most this share of them, and many different numbers. */
const MAX_STRANGE = 0.1
const MANY_NUMBERS = 20

/** How the cells of a column are read. */
export interface ColumnOptions {
  /** What separates the fields of the file. */
  readonly delimiter: string
  /** What stands for a missing value besides the usual words, such as -999. */
  readonly missing?: ReadonlySet<string>
  /** Whether texts between numbers are categories as the numbers are. */
  readonly isCategorical?: boolean
}

/** The cells of a column: many different numbers, or texts that are numbers or not. */
export type ColumnCells =
  | {
      readonly kind: 'numbers'
      /** NaN where a number is missing or strange. */
      readonly values: Float64Array
      readonly strange: StrangeCells | undefined
    }
  | { readonly kind: 'texts'; readonly texts: readonly string[]; readonly codes: Int32Array }

/**
 * Collects the cells of one column in typed arrays. Different cells are kept once, until there are so many that the column has
 * to be one of numbers, or of names. So a file is read once, and its length matters little.
 */
export class ColumnBuilder {
  readonly #options: ColumnOptions
  readonly #codes = new GrowingCodes()
  /** Made for the first text: a column of numbers has none. */
  #codeOf: TextCodes | undefined
  /** For each code, the line on which it first stands. */
  #lines: number[] = []
  #limit = SETTLE_AT
  #form: CellForm | undefined
  /** Whether the number of a cell is the one that its bytes are. */
  #isQuick = false
  #numbers = new GrowingArray()
  #strange: { count: number; readonly text: string; readonly line: number } | undefined
  #hasManyTexts = false

  constructor(options: ColumnOptions) {
    this.#options = options
  }

  /** Takes the next cell, a part of some bytes without white space around it, and the line of the file on which it stands. */
  push(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#form !== undefined) {
      this.#pushNumber(bytes, start, end, line)
      return
    }
    if (this.#hasManyTexts) return
    this.#codeOf ??= new TextCodes()
    let code = this.#codeOf.find(bytes, start, end)
    if (code === -1) {
      if (this.#codeOf.size >= this.#limit) {
        this.#settle()
        this.push(bytes, start, end, line)
        return
      }
      code = this.#codeOf.add(bytes, start, end)
      this.#lines.push(line)
    }
    this.#codes.push(code)
  }

  /**
   * Takes the first cells of the column at once. Where all are numbers, and there are no more or they show that the column is one
   * of numbers, no text of them is kept.
   *
   * @param isWhole whether there are no more
   */
  pushFirst(rows: HeldRows, j: number, isWhole: boolean): void {
    const values = this.#plainNumbers(rows, j)
    const isSettled = values && (isWhole || countDistinct(values) >= SETTLE_AT)
    if (!isSettled) {
      rows.visit(j, (bytes, start, end, line) => this.push(bytes, start, end, line))
      return
    }
    this.#settleOn(number)
    this.#numbers = new GrowingArray(values)
  }

  /** The numbers of the cells, NaN where one is empty; undefined where there are other cells, or only empty ones. */
  #plainNumbers(rows: HeldRows, j: number): Float64Array | undefined {
    if (this.#hasGivenMissing()) return undefined
    const values = new Float64Array(rows.nRows)
    let [row, nEmpty, arePlain] = [0, 0, true]
    rows.visit(j, (bytes, start, end) => {
      if (!arePlain) return
      const value = start === end ? Number.NaN : parseDecimalBytes(bytes, start, end)
      if (start === end) nEmpty++
      else arePlain = !Number.isNaN(value) && !isCode(bytes, start, end)
      values[row++] = value
    })
    return arePlain && nEmpty < rows.nRows ? values : undefined
  }

  /** The cells as they are written, for labels; undefined where there are more different texts than are kept. */
  finishCells(): ColumnCells | undefined {
    if (this.#hasManyTexts) return undefined
    if (this.#form !== undefined) {
      const strange = this.#strange
      return { kind: 'numbers', values: this.#numbers.toArray(), strange }
    }
    return {
      kind: 'texts',
      ...{ texts: this.#texts(), codes: this.#codes.toArray() },
    }
  }

  finish(): ReadColumn {
    if (this.#hasManyTexts) {
      return { content: manyTexts, nMissing: 0, nDistinct: MAX_TEXTS }
    }
    return this.#form === undefined ? this.#finishTexts() : this.#finishNumbers(this.#form)
  }

  #texts(): string[] {
    return this.#codeOf?.texts() ?? []
  }

  #isMissing(text: string): boolean {
    return isMissingMarker(text) || this.#isGivenMissing(text)
  }

  #isGivenMissing(text: string): boolean {
    return this.#options.missing?.has(text) ?? false
  }

  #numberOf(text: string, { read }: CellForm): number {
    return this.#isGivenMissing(text) ? Number.NaN : (read(text) ?? Number.NaN)
  }

  /** Finds out whether the many different cells so far are numbers. */
  #settle(): void {
    const texts = this.#texts()
    const valid = texts.filter((text) => !this.#isMissing(text))
    const form = findForm(valid, this.#options.delimiter)
    if (form === undefined) {
      this.#hasManyTexts = this.#limit === MAX_TEXTS
      this.#limit = MAX_TEXTS
      if (!this.#hasManyTexts) return
    } else {
      const numbers = texts.map((text) => this.#numberOf(text, form))
      const codes = this.#codes.toArray()
      for (let row = 0; row < codes.length; row++) this.#numbers.push(numbers[codes[row]])
      this.#settleOn(form)
    }
    this.#codeOf = undefined
    this.#lines = []
  }

  #settleOn(form: CellForm): void {
    this.#form = form
    this.#isQuick = form.name === 'number' && !this.#hasGivenMissing()
  }

  #hasGivenMissing(): boolean {
    return (this.#options.missing?.size ?? 0) > 0
  }

  #pushNumber(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#isQuick) {
      const number = start === end ? Number.NaN : parseDecimalBytes(bytes, start, end)
      if (start === end || !Number.isNaN(number)) {
        this.#numbers.push(number)
        return
      }
    }
    const text = decodeText(bytes, start, end)
    const value = this.#isGivenMissing(text) ? undefined : this.#form?.read(text)
    this.#numbers.push(value ?? Number.NaN)
    if (value !== undefined) return
    if (this.#isMissing(text)) return
    if (this.#strange === undefined) this.#strange = { count: 1, text, line }
    else this.#strange.count++
  }

  #finishNumbers(form: CellForm): ReadColumn {
    const values = this.#numbers.toArray()
    const strange = this.#strange
    const nMissing = countMissing(values) - (strange?.count ?? 0)
    const nDistinct = countDistinct(values)
    if (strange === undefined) {
      return { content: { kind: 'number', form: form.name, values }, nMissing, nDistinct }
    }
    const isMistake = strange.count <= MAX_STRANGE * (values.length - nMissing)
    const content = isMistake ? ({ kind: 'strange', strange } as const) : manyTexts
    return { content, nMissing, nDistinct }
  }

  #finishTexts(): ReadColumn {
    const texts = this.#texts()
    const codes = this.#codes.toArray()
    const counts = countCodes(codes, texts.length)
    const amongNumbers = texts.map((text) => this.#isMissing(text))
    const valid = texts.filter((_, code) => !amongNumbers[code])
    const form = findForm(valid, this.#options.delimiter)
    if (form !== undefined) {
      const numbers = texts.map((text) => this.#numberOf(text, form))
      const values = lookUp(numbers, codes)
      const nMissing = sumOf(counts, amongNumbers)
      const nDistinct = new Set(numbers.filter((value) => !Number.isNaN(value))).size
      return { content: { kind: 'number', form: form.name, values }, nMissing, nDistinct }
    }
    const isMissing = texts.map((text) => isMissingText(text) || this.#isGivenMissing(text))
    const nMissing = sumOf(counts, isMissing)
    const nDistinct = isMissing.filter((missing) => !missing).length
    return { content: this.#textContent(texts, codes, counts, isMissing), nMissing, nDistinct }
  }

  #textContent(
    texts: readonly string[],
    codes: Int32Array,
    counts: Uint32Array,
    isMissing: readonly boolean[],
  ): ColumnContent {
    if (isMissing.every(Boolean)) return { kind: 'empty' }
    const strange = this.#options.isCategorical ? undefined : this.#findStrange(texts, counts)
    if (strange !== undefined) return { kind: 'strange', strange }
    let next = 0
    const places = isMissing.map((missing) => (missing ? MISSING : next++))
    const values = texts.filter((_, code) => !isMissing[code])
    return {
      kind: 'text',
      texts: new TextColumn(renumber(codes, places), values),
    }
  }

  /** A few texts among many different numbers. */
  #findStrange(texts: readonly string[], counts: Uint32Array): StrangeCells | undefined {
    for (const { read } of numberForms(this.#options.delimiter)) {
      let [nNumbers, nDistinct, count, first] = [0, 0, 0, -1]
      for (const [code, text] of texts.entries()) {
        if (this.#isMissing(text)) continue
        if (read(text) !== undefined) {
          nNumbers += counts[code]
          nDistinct++
        } else {
          count += counts[code]
          if (first === -1) first = code
        }
      }
      if (nDistinct > MANY_NUMBERS && count <= MAX_STRANGE * (nNumbers + count)) {
        return { count, text: texts[first], line: this.#lines[first] }
      }
    }
    return undefined
  }
}

const manyTexts = { kind: 'many texts' } as const

const [ZERO, NINE] = [0x30, 0x39]

/** A zero before another digit, as in a postal code; `findForm` looks closer. */
function isCode(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start > 1 && bytes[start] === ZERO && bytes[start + 1] >= ZERO && bytes[start + 1] <= NINE
  )
}

function countMissing(values: Float64Array): number {
  let count = 0
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) count++
  return count
}

function renumber(codes: Int32Array, places: readonly number[]): Int32Array {
  const renumbered = new Int32Array(codes.length)
  for (let row = 0; row < codes.length; row++) renumbered[row] = places[codes[row]]
  return renumbered
}

function countCodes(codes: Int32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size)
  for (let row = 0; row < codes.length; row++) counts[codes[row]]++
  return counts
}

function sumOf(counts: Uint32Array, isCounted: readonly boolean[]): number {
  return counts.reduce((sum, count, code) => (isCounted[code] ? sum + count : sum), 0)
}
