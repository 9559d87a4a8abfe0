import { checkMembers } from '../linear-model/check-options.ts'
import { type CsvOptions, CsvParser, type CsvRecord } from './csv-parser.ts'

/**
 * Reads the records of a CSV text, the header included, each field as it is written.
 *
 * @throws {ModelError} `invalid_csv` when a quote is not closed or something follows a closing one;
 *   `invalid_option` for a delimiter that cannot be one.
 *
 * Source: RFC 4180; see {@link CsvParser} for what else is taken.
 *
 * @example
 * readCsv('name,size\n"a, b",2\n')[1] // { line: 2, fields: ['a, b', '2'] }
 */
export function readCsv(text: string, options: CsvOptions = {}): CsvRecord[] {
  checkMembers(options, ['delimiter'], 'readCsv')
  const records: CsvRecord[] = []
  const parser = new CsvParser((record) => records.push(record), options)
  parser.write(text)
  parser.end()
  return records
}
