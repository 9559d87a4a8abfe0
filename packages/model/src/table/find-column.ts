import { ModelError } from '../errors.ts'
import { refuseOption } from '../linear-model/check-options.ts'
import { quoteText } from '../validation/quote-text.ts'
import { show } from '../validation/show.ts'
import type { TableFormat } from './detect-format.ts'
import { nearName } from './near-name.ts'

/** The most names that an error lists. */
const MAX_SHOWN = 20

/**
 * The names of the columns of a table: those in its first line, and `column_3` for a third one that has none.
 *
 * @param fields the first record
 */
export function columnNames(
  fields: readonly string[],
  format: Pick<TableFormat, 'hasHeader' | 'hasRowNames'>,
): string[] {
  checkTexts(fields, 'fields')
  if (typeof format !== 'object' || format === null) {
    refuseOption('format', format, 'what detectFormat gives')
  }
  const { hasHeader, hasRowNames } = format
  const texts = fields.map((field) => (hasHeader ? field.trim() : ''))
  return (hasRowNames ? ['', ...texts] : texts).map((text, j) => text || `column_${j + 1}`)
}

/**
 * Where a column is that is meant by its name, or by its position: from 1 on, or from the end as -1, or `last`.
 *
 * @param what the column's part in the table, for the message
 * @throws {ModelError} `invalid_csv` when there is none, naming the one that was probably meant
 */
export function findColumn(reference: string, names: readonly string[], what: string): number {
  checkTexts(names, 'names')
  checkTexts([reference, what], 'reference')
  const named = names.indexOf(reference)
  if (named !== -1) return named
  if (reference === 'last') return names.length - 1
  if (/^-?\d{1,9}$/.test(reference)) {
    const position = Number(reference)
    const index = position < 0 ? names.length + position : position - 1
    if (position !== 0 && index >= 0 && index < names.length) return index
    throw new ModelError(
      'invalid_csv',
      `the table has ${names.length} columns, and no column ${reference} for ${what}; positions are counted from 1, or from the end as -1`,
      { option: 'label' },
    )
  }
  const near = nearName(reference, names)
  const hint = near === undefined ? '' : ` (did you mean ${quoteText(near)}?)`
  throw new ModelError(
    'invalid_csv',
    `the header has no column ${quoteText(reference)} for ${what}${hint}; its columns are ${list(names)}`,
    { option: 'label' },
  )
}

function checkTexts(values: readonly string[], name: string): void {
  if (Array.isArray(values) && Array.from(values).every((value) => typeof value === 'string'))
    return
  throw new ModelError('invalid_option', `${name} is ${show(values)}; expected texts`)
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MAX_SHOWN).map(quoteText)
  if (names.length > MAX_SHOWN) shown.push(`and ${names.length - MAX_SHOWN} more`)
  return shown.join(', ')
}
