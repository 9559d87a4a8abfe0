import { ModelError } from '../errors.ts'
import { checkBoolean, checkMembers, refuseOption } from '../linear-model/check-options.ts'
import { show } from '../validation/show.ts'
import { type CsvOptions, CsvParser } from './csv-parser.ts'
import { type Table, TableBuilder, type TableOptions } from './table-builder.ts'

/** How a table is read. */
export interface ReadTableOptions extends CsvOptions, TableOptions {}

/**
 * Reads a CSV text with a header as a table: one column of labels, all others numbers.
 *
 * White space around names, numbers and labels does not count. Labels are numbers if every one is a number
 * that loses nothing as a double, else strings: 1 and 1.0 are one class, but 01234 and 1234 are two.
 *
 * @throws {ModelError} `invalid_csv`, naming each column once, with how many of its cells are wrong and an
 *   example: a value that is missing or no finite decimal number, a label that is missing (see `missingLabels`),
 *   a line with too few or too many fields; also when the header has a name twice or lacks the label's, when it
 *   looks like a row of data (see `trustHeader`), when there is no row or no column beside the labels, and for
 *   broken quotes. `facts.option` names the option, if there is one, with which the same is accepted.
 *   `invalid_option` when an option is none of those it can be.
 *
 * @example
 * const { featureNames, X, y } = readTable('size,colour\n1.5,red\n2,blue\n', { label: 'colour' })
 * featureNames // ['size']
 * X.toRows() // [[1.5], [2]]
 * y // ['red', 'blue']
 */
export function readTable(text: string, options: ReadTableOptions): Table {
  checkReadOptions(options)
  const builder = new TableBuilder(options)
  const parser = new CsvParser((record) => builder.add(record), options)
  parser.write(text)
  parser.end()
  return builder.build()
}

/**
 * Reads a table as {@link readTable} does, from a text that comes in pieces, such as a file's
 * stream: it need never be in memory as a whole.
 *
 * @throws {ModelError} As {@link readTable}; and whatever the source of the pieces throws.
 *
 * @example
 * const table = await readTableFromPieces(createReadStream('table.csv', 'utf8'), { label: 'class' })
 */
export async function readTableFromPieces(
  pieces: AsyncIterable<string>,
  options: ReadTableOptions,
): Promise<Table> {
  checkReadOptions(options)
  const builder = new TableBuilder(options)
  const parser = new CsvParser((record) => builder.add(record), options)
  if (!isIterable(pieces)) {
    throw new ModelError('invalid_csv', `the pieces are ${show(pieces)}; expected a stream of text`)
  }
  for await (const piece of pieces) parser.write(piece)
  parser.end()
  return builder.build()
}

const isIterable = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Symbol.asyncIterator in value || Symbol.iterator in value)

const OPTIONS: readonly (keyof ReadTableOptions)[] = [
  ...(['label', 'delimiter', 'missingLabels', 'trustHeader'] as const),
]

function checkReadOptions(options: ReadTableOptions): void {
  checkMembers(options, OPTIONS, 'readTable')
  const { label, trustHeader } = options
  if (typeof label !== 'string') refuseOption('label', label, 'the name of a column')
  checkBoolean('trustHeader', trustHeader)
}
