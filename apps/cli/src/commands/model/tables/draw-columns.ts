import type { ColumnChoice } from '@dsapi/model'
import { table } from '../../../terminal/output.ts'
import type { TrainingTable } from './training-table.ts'

/** The most columns that are drawn. */
const mostDrawn = 60

/** What was found in each column of a table and what became of it, for programs. */
export const describeColumns = ({ columns }: TrainingTable) =>
  columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    missing: column.nMissing ?? null,
    distinct: column.nDistinct ?? null,
    use: column.use.type,
    note: noteOn(column),
  }))

/** Draws the same as a table for a terminal. Of many columns, those that are left out come first. */
export const drawColumns = (rows: TrainingTable, isPlain: boolean): string => {
  const { columns } = rows
  const shown = columns.length <= mostDrawn ? columns : unusualFirst(columns)
  const drawn = table(
    ['COLUMN', 'KIND', 'MISSING', 'DISTINCT', 'USE'],
    shown.map((column) => [
      ...[column.name, column.kind === 'unread' ? '-' : column.kind],
      ...[String(column.nMissing ?? '-'), String(column.nDistinct ?? '-')],
      useInWords(column, isPlain),
    ]),
  )
  const more = columns.length - shown.length
  return more > 0 ? `${drawn}\n… and ${more} more columns` : drawn
}

const unusualFirst = (columns: readonly ColumnChoice[]) => {
  const isPlain = ({ use, kind }: ColumnChoice) => use.type === 'number' && kind === 'number'
  return [
    ...columns.filter((column) => !isPlain(column)),
    ...columns.filter((column) => isPlain(column)),
  ].slice(0, mostDrawn)
}

const useInWords = (column: ColumnChoice, isPlain: boolean) => {
  const note = noteOn(column)
  if (column.use.type === 'number') {
    const isScaled = !isPlain && column.kind !== 'boolean'
    return [isScaled ? 'scaled' : 'as it is', ...(note === '' ? [] : [note])].join(', ')
  }
  if (column.use.type === 'categories') return note
  return note === '' ? column.use.type : `${column.use.type}: ${note}`
}

/** The most categories of a column that have a column of their own. */
export const mostCategories = 50

const noteOn = ({ use, kind, nMissing = 0, nDistinct = 0 }: ColumnChoice): string => {
  if (use.type === 'left out') return use.reason
  if (use.type === 'categories') {
    const missing = nMissing > 0 ? ', missing is one of them' : ''
    const count = nDistinct + Number(nMissing > 0)
    return count > mostCategories
      ? `one-hot: the ${mostCategories - 1} most frequent of ${count} categories, and one for the others`
      : `one-hot: ${count} categories${missing}`
  }
  if (use.type !== 'number') return ''
  const notes: string[] = nDistinct === 1 ? ['constant'] : []
  if (kind === 'date') notes.push(`days since 1970-01-01${orders[use.form] ?? ''}`)
  if (kind === 'boolean') notes.push('1 for true')
  if (use.form === 'decimal comma' || use.form === 'thousands separator') {
    notes.push(`with a ${use.form}`)
  }
  if (nMissing > 0) {
    notes.push(`missing: the ${kind === 'boolean' ? 'most frequent value' : 'median'}`)
  }
  return notes.join(', ')
}

const orders: Readonly<Record<string, string>> = {
  'date, day first': ', read as day, month, year',
  'date, month first': ', read as month, day, year',
}
