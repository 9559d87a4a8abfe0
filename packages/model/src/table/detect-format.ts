import { ModelError } from '../errors.ts'
import { checkBoolean, checkMembers, refuseOption } from '../linear-model/check-options.ts'
import { CsvParser } from './csv-parser.ts'
import { looksLikeHeader } from './looks-like-header.ts'

/** How a table is written. */
export interface TableFormat {
  /** The character between fields. */
  readonly delimiter: string
  /** Whether the first line has the names of the columns. */
  readonly hasHeader: boolean
  /** Whether each row begins with a name of its own, for which the header has no field, as R writes tables. */
  readonly hasRowNames: boolean
  /** The number of characters of a line `sep=;` at the beginning, which Excel writes; 0 where there is none. */
  readonly preamble: number
}

export interface DetectFormatOptions {
  /** The separator, where it is known. */
  readonly delimiter?: string | undefined
  /** Whether there is a header, where it is known. */
  readonly hasHeader?: boolean | undefined
  /** The name of a column: the separator is then one that gives such a column. */
  readonly label?: string | undefined
  /** Whether the sample is the whole text; default false. */
  readonly isWhole?: boolean | undefined
}

/** The usual separators of fields; a comma has precedence. */
const candidates = [',', ';', '\t', '|'] as const

/** So many lines show how a table is written. */
const MAX_RECORDS = 200
/** How much is taken apart at a time, in characters. */
const SLICE = 65_536

const excelLine = /^(\ufeff?)"?sep=([^"\r\n])"?(?=[\r\n])/i

/**
 * Finds out how a table is written by its first lines: what separates the fields, and whether there is a header.
 *
 * @param sample the beginning of the text, with some whole lines
 *
 * @example
 * detectFormat('a;b\n1,5;2\n').delimiter // ';'
 * detectFormat('5.1,3.5,setosa\n4.9,3.0,setosa\n').hasHeader // false
 */
export function detectFormat(sample: string, options: DetectFormatOptions = {}): TableFormat {
  checkMembers(options, optionNames, 'detectFormat')
  checkBoolean('hasHeader', options.hasHeader)
  if (typeof sample !== 'string') refuseOption('sample', sample, 'text')
  const named = excelLine.exec(sample)
  const preamble = named === null ? 0 : named[0].length - named[1].length
  const text = named === null ? sample : named[1] + sample.slice(named[0].length)
  const known = options.delimiter ?? named?.[2]
  const delimiters = known === undefined ? candidates : [known]
  const read = delimiters.map((delimiter) => ({
    delimiter,
    records: firstRecords(text, delimiter, options.isWhole ?? false),
  }))
  const { delimiter, records } = choose(read, options.label)
  const hasHeader = options.hasHeader ?? looksLikeHeader(records, delimiter, options.label)
  return { delimiter, hasHeader, hasRowNames: hasHeader && haveRowNames(records), preamble }
}

const optionNames: readonly (keyof DetectFormatOptions)[] = [
  ...(['delimiter', 'hasHeader', 'label', 'isWhole'] as const),
]

interface Candidate {
  readonly delimiter: string
  readonly records: readonly (readonly string[])[]
}

/** The first records; none if the quotes do not fit this separator. */
function firstRecords(text: string, delimiter: string, isWhole: boolean): string[][] {
  const records: string[][] = []
  const parser = new CsvParser(
    ({ fields }) => {
      if (records.length < MAX_RECORDS) records.push(fields.map((field) => field.trim()))
    },
    { delimiter },
  )
  try {
    for (let i = 0; i < text.length && records.length < MAX_RECORDS; i += SLICE) {
      parser.write(text.slice(i, i + SLICE))
    }
    if (records.length === 0 || (isWhole && records.length < MAX_RECORDS)) parser.end()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return []
  }
  return records
}

/** The one that gives the label's column, or else the one that fits the lines best. */
function choose(read: readonly Candidate[], label: string | undefined): Candidate {
  const withLabel = read.find(
    ({ records: [header] }) => header && header.length > 1 && header.includes(label ?? ''),
  )
  if (withLabel !== undefined && label !== undefined && label !== '') return withLabel
  const scores = read.map(scoreOf)
  return read[scores.indexOf(Math.max(...scores))]
}

/** How many fields a line has, times the share of lines with as many, times the share of fields that are not still several. */
function scoreOf({ records, delimiter }: Candidate): number {
  const counts = new Map<number, number>()
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [width = 0, nLines = 0] = Array.from(counts).reduce(
    (best, entry) => (entry[1] > best[1] ? entry : best),
    [0, 0],
  )
  if (width < 2) return width / 2
  const fields = records.flat()
  const nWhole = fields.filter((field) => isWholeField(field, delimiter)).length
  return (width * nLines * nWhole) / (records.length * fields.length)
}

const isWholeField = (field: string, delimiter: string) =>
  candidates.every(
    (other) =>
      other === delimiter ||
      !field.includes(other) ||
      (other === ',' && /^[+-]?[\d.]{0,20},\d{0,20}$/.test(field)),
  )

/** All rows have a field more than the header, and not an empty one at the end. */
function haveRowNames([header, ...rows]: readonly (readonly string[])[]): boolean {
  return (
    rows.length > 0 &&
    header.at(-1) !== '' &&
    rows.every((row) => row.length === header.length + 1) &&
    rows.some((row) => row.at(-1) !== '')
  )
}
