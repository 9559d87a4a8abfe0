import { detectFormat, type TableFormat } from '@dsapi/model'
import { UsageError } from '../../../terminal/cli-error.ts'
import { readTableText } from './read-table-text.ts'
import type { TableLayout } from './table-options.ts'

/** A table whose format is known, and whose text has not been read yet. */
export type OpenTable = {
  readonly format: TableFormat
  /** The separator that the file seems to have, whatever was asked for. */
  readonly seeming: string
  /** All of the text. */
  readonly pieces: AsyncIterable<string>
}

/** So much of a text shows its format: this many characters and line ends, or the whole of a shorter one. */
const sampleLength = 65_536
const sampleLines = 3
/** A longer first line is not waited for. */
const longestSample = 64 * 1_048_576

/**
 * Opens a table, and finds out how it is written by its first lines.
 *
 * @param label the name of a column that it should have
 * @throws CliError as `readTableText`; UsageError when the options conflict
 */
export const openTable = async (
  file: string,
  label: string | undefined,
  { separator, encoding, header, trustHeader }: TableLayout,
): Promise<OpenTable> => {
  if (header === false && trustHeader) {
    throw new UsageError('--no-header and --trust-header exclude each other. Give one')
  }
  const pieces = readTableText(file, encoding)
  const { sample, isWhole } = await readSample(pieces)
  const found = { label, isWhole, hasHeader: header === false ? false : trustHeader }
  const format = detectFormat(sample, { ...found, delimiter: separator })
  const seeming = separator === undefined ? format.delimiter : detectFormat(sample, found).delimiter
  return { format, seeming, pieces: after(sample.slice(format.preamble), pieces) }
}

const readSample = async (pieces: AsyncGenerator<string>) => {
  const parts: string[] = []
  let length = 0
  let lines = 0
  while ((length < sampleLength || lines < sampleLines) && length < longestSample) {
    const { value, done } = await pieces.next()
    if (done) return { sample: parts.join(''), isWhole: true }
    parts.push(value)
    length += value.length
    lines += value.split(/\r\n?|\n/).length - 1
  }
  return { sample: parts.join(''), isWhole: false }
}

async function* after(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start
  yield* rest
}
