import { ModelError } from '../errors.ts'
import { featureNameProblem } from '../validation/feature-names.ts'
import { quoteText } from '../validation/quote-text.ts'
import { parseDecimal } from './decimal.ts'
import { nearName } from './near-name.ts'

/** Which columns a table has. */
export interface TableHeader {
  readonly names: readonly string[]
  /** Which of them holds the labels. */
  readonly labelIndex: number
}

/** The most names that an error lists. */
const MAX_SHOWN = 20

/**
 * Makes sure that the names of a table's columns are fit to be used.
 *
 * @throws {ModelError} `invalid_csv` when a name is there twice or breaks the rule for names, when the label's is not
 *   there, or when there is no other.
 */
export function checkHeader(names: readonly string[], label: string, line: number): TableHeader {
  const refuse = (message: string, option?: string): never => {
    const facts = { line, ...(option !== undefined && { option }) }
    throw new ModelError('invalid_csv', `the header ${message}`, facts)
  }
  const labelIndex = names.indexOf(label)
  if (names.length === 1) {
    const other = /[;\t|]/.test(names[0]) ? 'delimiter' : undefined
    if (labelIndex === -1 || other) {
      const hint = other ? ': are the fields separated by another character?' : ''
      refuse(
        `has no column ${quoteText(label)}; its only column is ${quoteText(names[0])}${hint}`,
        other,
      )
    }
    refuse(`has the column ${quoteText(label)} only; expected columns of numbers beside the labels`)
  }
  const seen = new Set<string>()
  for (const [j, name] of names.entries()) {
    if (name === '') refuse(`has no name for column ${j + 1}; expected a name for each column`)
    if (seen.has(name)) {
      const isNumber = parseDecimal(name) !== undefined
      const hint = isNumber ? '. Is the first line a row of data? Put a line of names above it' : ''
      refuse(`has the name ${quoteText(name)} twice; expected different names${hint}`)
    }
    const problem = featureNameProblem(name)
    if (problem !== undefined) refuse(`has the name ${quoteText(name)}, which ${problem}`)
    seen.add(name)
  }
  if (labelIndex === -1) {
    const near = nearName(label, names)
    const hint = near === undefined ? '' : ` (did you mean ${quoteText(near)}?)`
    refuse(
      `has no column ${quoteText(label)} for the labels${hint}; its columns are ${list(names)}`,
    )
  }
  return { names, labelIndex }
}

/**
 * Makes sure that the first line is not a row of data, taken for names where a file has no header: names that are
 * all numbers (but for numbers that count up, as unnamed columns do), or a number among the names and the label
 * column's name among the labels.
 *
 * @throws {ModelError} `invalid_csv`
 */
export function checkHeaderIsNoRow(
  { names, labelIndex }: TableHeader,
  isNameAmongLabels: boolean,
  line: number,
): void {
  const features = names.filter((_, j) => j !== labelIndex).map(parseDecimal)
  const areNumbers = features.every((value) => value !== undefined)
  const isSuspicious = isNameAmongLabels
    ? features.some((value) => value !== undefined)
    : areNumbers && !countUp(features)
  if (!isSuspicious) return
  throw new ModelError(
    'invalid_csv',
    `the first line looks like a row of data, not like names: ${list(names)}; expected a header. Put a line of names above it`,
    { line, option: 'trustHeader' },
  )
}

function countUp(values: readonly number[]): boolean {
  const [first] = values
  return Number.isInteger(first) && values.every((value, j) => value === first + j)
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MAX_SHOWN).map(quoteText)
  if (names.length > MAX_SHOWN) shown.push(`and ${names.length - MAX_SHOWN} more`)
  return shown.join(', ')
}
