import { TextColumn } from '../../frame/text-column.ts'
import type { ReadColumn } from './read-column.ts'

/** The same column with some of its rows. */
export function keepRows(column: ReadColumn, rows: Int32Array): ReadColumn {
  const { content } = column
  if (content.kind === 'number') {
    const values = Float64Array.from(rows, (row) => content.values[row])
    return { ...column, content: { ...content, values } }
  }
  if (content.kind !== 'text') return column
  const codes = Int32Array.from(rows, (row) => content.texts.codes[row])
  return { ...column, content: { ...content, texts: new TextColumn(codes, content.texts.values) } }
}
