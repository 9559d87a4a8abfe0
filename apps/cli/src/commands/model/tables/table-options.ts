import type { MissingLabels } from '@dsapi/model'
import { type Command, InvalidArgumentError } from 'commander'
import { oneOf } from '../../../terminal/arguments.ts'
import { readEncoding } from './encodings.ts'

/** How a file is written, where it is not found out. */
export type TableLayout = {
  readonly separator?: string
  readonly encoding?: string
  /** False for a file without names of columns. */
  readonly header?: boolean
  readonly trustHeader?: true
}

/** The source of the rows: a CSV file and how it is read, or else the data table. */
export type TableSource = TableLayout & {
  readonly data?: string
  readonly label?: string
  readonly missingLabels?: MissingLabels
  readonly missing?: readonly string[]
}

/** Which columns of a file are used. */
export type ColumnOptions = {
  readonly features?: readonly string[]
  readonly drop?: readonly string[]
  readonly categorical?: readonly string[]
  readonly weight?: string
}

const namedSeparators: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  pipe: '|',
  space: ' ',
}

const readSeparator = (text: string): string => {
  const separator = Object.hasOwn(namedSeparators, text) ? namedSeparators[text] : text
  if (separator.length === 1 && !'"\r\n'.includes(separator)) return separator
  throw new InvalidArgumentError(
    `It must be one character, or one of ${Object.keys(namedSeparators).join(', ')}.`,
  )
}

/** Reads names with commas between them, which may stand in quotes. Given again, the option adds to them. */
const readNames = (text: string, before: readonly string[] = []): readonly string[] => {
  const parts = text.split('"')
  if (parts.length % 2 === 0) {
    throw new InvalidArgumentError(
      'It must be names with commas between them, such as age,"size, in cm".',
    )
  }
  const names = ['']
  for (const [i, part] of parts.entries()) {
    // Every second part was between quotes.
    const [first, ...others] = i % 2 === 1 ? [part] : part.split(',')
    names.push((names.pop() ?? '') + first, ...others)
  }
  return [...before, ...names.map((name) => name.trim())]
}

const missingLabels = oneOf<MissingLabels>('refuse', 'drop', 'keep')

/** Adds the options for the format of a CSV file. */
export const addLayoutOptions = (command: Command): Command =>
  command
    .option(
      '--separator <character>',
      'separator of the fields: , ; | or tab (default: detected)',
      readSeparator,
    )
    .option(
      '--encoding <name>',
      'encoding of the file, such as windows-1252 (default: UTF-8, or UTF-16 if it is that)',
      readEncoding,
    )
    .option('--no-header', 'treat the first line as a row; columns are column_1, column_2, …')
    .option('--trust-header', 'treat the first line as names even if it looks like data')

/** Adds the options for the source of the rows and the format of a CSV file. */
export const addTableOptions = (command: Command): Command =>
  addLayoutOptions(
    command
      .option(
        '--data <file>',
        'a CSV file, also one packed by gzip, or - for the standard input (default: the data table)',
      )
      .option(
        '--label <column>',
        'the column of the CSV file that holds the labels: its name, its position from 1 on, or last',
      ),
  )
    .option(
      '--missing <words>',
      'more words that stand for a missing value, such as -999',
      readNames,
    )
    .option(
      '--missing-labels <choice>',
      'what to do with labels such as NA, NaN, null or ?: drop the rows, keep the words as classes, or refuse the file (default: drop)',
      missingLabels,
    )

/** Adds the options for the columns of a CSV file that are used. */
export const addColumnOptions = (command: Command): Command =>
  command
    .option('--features <columns>', 'use these columns only, by name or position', readNames)
    .option('--drop <columns>', 'leave out these columns', readNames)
    .option('--categorical <columns>', 'treat these columns of numbers as categories', readNames)
    .option('--weight <column>', 'the column with the weight of each row')
