import { ModelError } from '../errors.ts'
import { quoteText } from '../validation/quote-text.ts'
import { byteRecords } from './byte-records.ts'
import { chooseColumns } from './choose-columns.ts'
import type { TableFormat } from './detect-format.ts'
import type { LabelledTable, LabelledTableOptions, ReadTable } from './labelled-table.ts'
import { TableReader } from './table-reader.ts'
import { textEncoder } from './utf8.ts'

/**
 * Reads a table with texts, missing values and a label for each row, from a text that comes in pieces, and decides what becomes
 * of each column. The text is read once, and what is kept are typed arrays: 8 bytes for a number, 4 for a text.
 *
 * @param pieces the text after its preamble, as texts or as bytes in UTF-8
 * @param format as {@link detectFormat} has found it
 * @throws {ModelError} `invalid_csv`, naming each column or kind of line once, with a count and an example
 *
 * @example
 * const text = 'age;sex;survived\n22;male;no\n;female;yes\n'
 * const table = await readLabelledTable([text], detectFormat(text), { label: 'survived' })
 * table.columns[1] // { name: 'sex', kind: 'category', nDistinct: 2, … }
 */
export async function readLabelledTable(
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  format: TableFormat,
  options: LabelledTableOptions,
): Promise<LabelledTable> {
  const reader = new TableReader(format, options)
  const { delimiter } = format
  const parser = byteRecords((record) => reader.add(record), delimiter)
  const encode = textEncoder()
  for await (const piece of pieces) parser.write(encode(piece))
  parser.write(encode(''))
  parser.end()
  const table = reader.build()
  refuseOneLabel(table)
  return { ...table, columns: chooseColumns(table, options.features !== undefined) }
}

function refuseOneLabel({ labels, label, nRows, nDropped }: ReadTable): void {
  if (labels.nDistinct > 1) return
  const left =
    nDropped > 0 ? `. ${nDropped} of ${nRows + nDropped} rows have no label and were left out` : ''
  throw new ModelError(
    'invalid_csv',
    `column ${quoteText(label)} has the one label ${labels.toClasses()[0]} in all ${nRows} rows; expected at least two classes, or different numbers${left}`,
    { column: label, ...(nDropped > 0 && { option: 'missingLabels' }) },
  )
}
