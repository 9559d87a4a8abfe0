import { type ByteRecord, CsvBytes } from './csv-bytes.ts'
import { CsvParser, type CsvRecord, checkDelimiter } from './csv-parser.ts'
import { encodeText, textDecoder } from './utf8.ts'

/** What takes a CSV text as bytes in UTF-8, piece by piece. */
interface ByteParser {
  readonly write: (piece: Uint8Array) => void
  readonly end: () => void
}

/**
 * Reads records as places in bytes, whatever their separator. One beyond ASCII is so rare that texts are made for it.
 *
 * @throws {ModelError} `invalid_option` when the delimiter is no single ordinary character
 */
export function byteRecords(onRecord: (record: ByteRecord) => void, delimiter: string): ByteParser {
  checkDelimiter(delimiter)
  if (delimiter < '\x80') return new CsvBytes(onRecord, delimiter)
  const parser = new CsvParser((record) => onRecord(toBytes(record)), { delimiter })
  const decode = textDecoder()
  return { write: (piece) => parser.write(decode(piece)), end: () => parser.end() }
}

function toBytes({ line, fields }: CsvRecord): ByteRecord {
  const texts = fields.map((field) => field.trim())
  const bytes = encodeText(texts.join(''))
  const starts = new Int32Array(texts.length)
  const ends = new Int32Array(texts.length)
  let at = 0
  for (const [j, text] of texts.entries()) {
    starts[j] = at
    at += encodeText(text).length
    ends[j] = at
  }
  return { line, nFields: texts.length, bytes, starts, ends }
}
