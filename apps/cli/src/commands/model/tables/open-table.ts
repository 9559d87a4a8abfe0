import { detectFormat, type TableFormat } from '@dsapi/model'
import { UsageError } from '../../../terminal/cli-error.ts'
import { readTableText } from './read-table-text.ts'
import type { TableLayout } from './table-options.ts'

/** A table whose format is known, and whose text has not been read yet. */
export type OpenTable = {
  readonly format: TableFormat
  /** The separator that the file seems to have, whatever was asked for. */
  readonly seeming: string
  /** All of the text in UTF-8, in pieces that end with whole characters. */
  readonly pieces: AsyncIterable<Buffer>
}

/** So much of a text shows its format: this many bytes and line ends, or the whole of a shorter one. */
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
  const { read, isWhole } = await readSample(pieces)
  const sample = read.toString('utf8')
  const found = { label, isWhole, hasHeader: header === false ? false : trustHeader }
  const format = detectFormat(sample, { ...found, delimiter: separator })
  const seeming = separator === undefined ? format.delimiter : detectFormat(sample, found).delimiter
  return {
    format,
    seeming,
    pieces: after(read.subarray(Buffer.byteLength(sample.slice(0, format.preamble))), pieces),
  }
}

const readSample = async (pieces: AsyncGenerator<Buffer>) => {
  const parts: Buffer[] = []
  let length = 0
  let lines = 0
  while ((length < sampleLength || lines < sampleLines) && length < longestSample) {
    const { value, done } = await pieces.next()
    if (done) return { read: Buffer.concat(parts), isWhole: true }
    parts.push(value)
    length += value.length
    lines += countLineEnds(value)
  }
  return { read: Buffer.concat(parts), isWhole: false }
}

const [lineFeed, carriageReturn] = [10, 13]

/** No more are counted than are needed. */
const countLineEnds = (bytes: Buffer) => {
  let count = 0
  for (let i = 0; i < bytes.length && count < sampleLines; i++) {
    if (bytes[i] === carriageReturn) count++
    else if (bytes[i] === lineFeed && bytes[i - 1] !== carriageReturn) count++
  }
  return count
}

async function* after(start: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield start
  yield* rest
}
