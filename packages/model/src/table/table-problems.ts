import { ModelError, type ModelErrorFacts } from '../errors.ts'
import { quoteText } from '../validation/quote-text.ts'
import { isMissingMarker } from './missing-markers.ts'

/** The most columns that an error spells out. */
const MAX_COLUMNS = 20

/** What can be wrong with a cell: what several such cells are called, and what can be done. */
const KINDS = {
  missing: ['are missing', 'fill them in, or leave these rows or the column out'],
  'decimal comma': ['have a decimal comma', 'write a decimal point'],
  boolean: ['are true or false, yes or no', 'write 1 and 0'],
  text: ['are no decimal numbers', 'put numbers in their place, or leave the column out'],
} as const

type Kind = keyof typeof KINDS

/** The cells of a column with one thing wrong. */
type Tally = { count: number; readonly text: string; readonly line: number }

/** What is wrong with the rows of a table: each column once, however many of its cells are wrong. */
export class TableProblems {
  readonly #columns = new Map<string, Map<Kind, Tally>>()
  #missingLabels: Tally | undefined
  #lines: Tally | undefined

  /** A cell of a feature is no number. */
  addValue(column: string, text: string, line: number): void {
    const tallies = this.#columns.get(column) ?? new Map<Kind, Tally>()
    this.#columns.set(column, tallies)
    const kind = kindOf(text)
    tallies.set(kind, counted(tallies.get(kind), text, line))
  }

  /** A label is missing. */
  addLabel(text: string, line: number): void {
    this.#missingLabels = counted(this.#missingLabels, text, line)
  }

  /** A line has too few or too many fields. */
  addLine(nFields: number, line: number): void {
    this.#lines = counted(this.#lines, `${nFields} field${nFields === 1 ? '' : 's'}`, line)
  }

  /** @throws {ModelError} `invalid_csv` when there are any. */
  throwIfAny(label: string, nColumns: number, nRows: number): void {
    const found: [message: string, facts: ModelErrorFacts][] = []
    if (this.#lines) found.push([linesMessage(this.#lines, nColumns), { line: this.#lines.line }])
    if (this.#missingLabels) {
      const facts = { line: this.#missingLabels.line, column: label, option: 'missingLabels' }
      found.push([labelMessage(label, this.#missingLabels, nRows), facts])
    }
    for (const [column, tallies] of this.#columns) {
      const line = Math.min(...Array.from(tallies.values(), (tally) => tally.line))
      found.push([columnMessage(column, tallies, nRows), { line, column }])
    }
    if (found.length === 0) return
    found.sort(([, a], [, b]) => (a.line ?? 0) - (b.line ?? 0))
    const messages = found.slice(0, MAX_COLUMNS).map(([message]) => message)
    const rest = found.length - messages.length
    if (rest > 0) messages.push(`and ${rest} more column${rest === 1 ? '' : 's'}`)
    const { option } = found.find(([, facts]) => facts.option)?.[1] ?? {}
    throw new ModelError('invalid_csv', messages.join('\n'), {
      ...found[0][1],
      ...(option !== undefined && { option }),
    })
  }
}

function counted(tally: Tally | undefined, text: string, line: number): Tally {
  if (tally === undefined) return { count: 1, text, line }
  tally.count++
  return tally
}

function kindOf(text: string): Kind {
  if (isMissingMarker(text)) return 'missing'
  if (/^[+-]?\d{1,300},\d{1,300}$/.test(text)) return 'decimal comma'
  return /^(?:true|false|yes|no)$/i.test(text) ? 'boolean' : 'text'
}

function columnMessage(column: string, tallies: ReadonlyMap<Kind, Tally>, nRows: number): string {
  const entries = [...tallies]
  const [[kind, first]] = entries
  if (entries.length === 1 && first.count === 1) {
    const found = first.text === '' ? 'is missing' : `is ${quoteText(first.text)}`
    const form = kind === 'decimal comma' ? ' with a decimal point' : ''
    return `line ${first.line}, column ${quoteText(column)} ${found}; expected a number${form}`
  }
  const parts = entries.map(([kind, { count, text, line }], i) => {
    const of = i === 0 ? ` of ${nRows} cells` : ''
    return `${count}${of} ${KINDS[kind][0]} (${example(text, line)})`
  })
  const remedies = entries.map(([kind]) => KINDS[kind][1])
  return `column ${quoteText(column)}: ${parts.join(', ')}; expected numbers: ${remedies.join('; ')}`
}

function labelMessage(label: string, { count, text, line }: Tally, nRows: number): string {
  if (count === 1) {
    const found =
      text === '' ? 'is missing' : `is ${quoteText(text)}, which stands for a missing value`
    return `line ${line}, column ${quoteText(label)} ${found}; expected a label`
  }
  return `column ${quoteText(label)}: ${count} of ${nRows} labels are missing (${example(text, line)}); expected a label in each row`
}

function linesMessage({ count, text, line }: Tally, nColumns: number): string {
  const expected = `expected ${nColumns}, as in the header`
  if (count === 1) return `line ${line} has ${text}; ${expected}`
  return `${count} lines have too few or too many fields (line ${line} has ${text}); ${expected}`
}

function example(text: string, line: number): string {
  return text === ''
    ? `the first on line ${line}`
    : `the first, ${quoteText(text)}, on line ${line}`
}
