import { ModelError } from '../errors.ts'
import { TextColumn } from '../frame/text-column.ts'
import type { Label } from '../labels.ts'
import { quoteText } from '../validation/quote-text.ts'
import type { ColumnChoice, ColumnUse, ValueKind } from './column-choice.ts'
import type { LabelledColumn, ReadTable } from './labelled-table.ts'
import { isNameOfId } from './name-of-id.ts'
import { repeatsLabels } from './repeats-labels.ts'

/** The most columns with problems that an error spells out. */
const MAX_PROBLEMS = 20
/** More rows than this, each with a text of its own, are no categories. */
const FEW_ROWS = 10
/** More categories than this, for more than half as many rows, are names. */
const FEW_CATEGORIES = 20
/** So many rows that count up by one do not do so by chance. */
const COUNTED_ROWS = 20

/**
 * Decides what becomes of each column: a number or categories; or that it is left out, since it is constant, an id, a name
 * for each row, empty, or the label once more.
 *
 * @param isNamed whether the features were named, so that none of them is an id or the label once more
 * @throws {ModelError} `invalid_csv`, naming each column with a few texts among many numbers once, and when no column is left
 */
export function chooseColumns(table: ReadTable, isNamed: boolean): ColumnChoice[] {
  refuseStrange(table)
  const classes = table.labels.nDistinct <= MAX_CLASSES ? table.labels.toClasses() : []
  // What has always been fitted to a table of numbers alone goes on to be: a constant changes nothing.
  const keepsConstants = table.columns.every(isPlain)
  const about = { classes, nClasses: new Set(classes).size, isNamed, keepsConstants }
  const choices = table.columns.map((column) => choose(column, table, about))
  if (choices.some(({ use }) => use.type === 'number' || use.type === 'categories')) return choices
  const reasons = choices.flatMap(({ name, use }) =>
    use.type === 'left out' ? [`${quoteText(name)} (${use.reason})`] : [],
  )
  throw new ModelError(
    'invalid_csv',
    reasons.length === 0
      ? 'the table has no column beside the labels; expected features'
      : `no column is left to learn from: ${reasons.slice(0, MAX_PROBLEMS).join(', ')}; expected features that differ`,
    { option: 'features' },
  )
}

/** With more classes no column is compared with the labels. */
const MAX_CLASSES = 100

/** What a choice depends on besides the column. */
interface Circumstances {
  /** The label of each row, where there are not too many different ones. */
  readonly classes: readonly Label[]
  readonly nClasses: number
  readonly isNamed: boolean
  readonly keepsConstants: boolean
}

/** Numbers without missing values, or no feature. */
function isPlain({ part, read, isCategorical }: LabelledColumn): boolean {
  if (part !== 'feature' || read === undefined) return true
  const { content, nMissing } = read
  return content.kind === 'number' && content.form === 'number' && nMissing === 0 && !isCategorical
}

function choose(
  { name, hasName, isCategorical, part, read }: LabelledColumn,
  { nRows, labels, format }: ReadTable,
  { classes, nClasses, isNamed, keepsConstants }: Circumstances,
): ColumnChoice {
  if (read === undefined) {
    if (part === 'label') {
      const kind = labels.numbers === undefined ? 'category' : 'number'
      return { name, kind, nMissing: 0, nDistinct: labels.nDistinct, use: { type: 'label' } }
    }
    const use: ColumnUse =
      part === 'weight' ? { type: 'weight' } : { type: 'left out', reason: 'as asked' }
    return { name, kind: 'unread', nMissing: undefined, nDistinct: undefined, use }
  }
  const { content, nMissing, nDistinct } = read
  const kept = { name, nMissing, nDistinct }
  const leaveOut = (kind: ValueKind, reason: string): ColumnChoice => ({
    ...kept,
    ...{ kind, use: { type: 'left out', reason } },
  })
  if (content.kind === 'empty') return leaveOut('empty', 'no values')
  if (content.kind === 'many texts') return leaveOut('text', 'too many different texts')
  const nPresent = nRows - nMissing
  const isNumber = content.kind === 'number'
  const kind = isNumber ? kindOfForm(content.form, isCategorical) : 'category'
  const isConstant = nDistinct === 1 && (nMissing === 0 || kind !== 'category')
  if (isConstant && !keepsConstants) return leaveOut(kind, 'constant')
  const column = content.kind === 'number' ? content.values : texts(content)
  if (!isNamed) {
    const isIdName = isNameOfId(name) || (format.hasHeader && !hasName)
    if (column instanceof Float64Array) {
      // A few rows may be there twice, so an id need not differ in all of them.
      const isId = nDistinct >= 0.95 * nRows && column.every(Number.isInteger) && !isConstant
      if (isId && isIdName) return leaveOut(kind, hasName ? 'an id' : 'row numbers')
      if (!format.hasHeader && nRows >= COUNTED_ROWS && countsUp(column)) {
        return leaveOut(kind, 'row numbers')
      }
    } else if (!isCategorical) {
      if (nDistinct === nPresent && (isIdName || nPresent >= FEW_ROWS)) {
        return leaveOut('text', 'an id: a text of its own in each row')
      }
      if (nDistinct > FEW_CATEGORIES && nDistinct > nPresent / 2) {
        return leaveOut('text', 'names: most rows have a text of their own')
      }
    }
    if (nMissing === 0 && repeatsLabels(column, nDistinct, classes, nClasses)) {
      return leaveOut(kind, 'the label once more')
    }
  }
  const type = kind === 'category' ? 'categories' : 'number'
  return { ...kept, kind, use: { type, column, form: isNumber ? content.form : 'text' } }
}

function texts(content: { readonly kind: string; readonly texts?: TextColumn }): TextColumn {
  return content.texts ?? new TextColumn(new Int32Array(0), [])
}

function kindOfForm(form: string, isCategorical: boolean): ValueKind {
  if (isCategorical) return 'category'
  if (form.startsWith('date')) return 'date'
  return form === 'boolean' ? 'boolean' : 'number'
}

function countsUp(column: Float64Array): boolean {
  return Number.isInteger(column[0]) && column.every((value, row) => value === column[0] + row)
}

/** @throws {ModelError} `invalid_csv` when there are columns of numbers with a few texts among them */
function refuseStrange({ columns, nRows }: ReadTable): void {
  const strange = columns.flatMap(({ name, read }) =>
    read?.content.kind === 'strange' ? [{ name, ...read.content.strange }] : [],
  )
  if (strange.length === 0) return
  const messages = strange
    .slice(0, MAX_PROBLEMS)
    .map(
      ({ name, count, text, line }) =>
        `column ${quoteText(name)}: ${count} of ${nRows} cells ${count === 1 ? 'is no number' : 'are no numbers'} (the first, ${quoteText(text)}, on line ${line}); expected numbers, as in the others`,
    )
  if (strange.length > MAX_PROBLEMS)
    messages.push(`and ${strange.length - MAX_PROBLEMS} more columns`)
  const [{ name, line }] = strange
  throw new ModelError('invalid_csv', messages.join('\n'), {
    line,
    column: name,
    option: 'missing',
  })
}
