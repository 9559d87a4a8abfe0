import type { MissingLabels } from '@dsapi/model'
import { type Command, InvalidArgumentError } from 'commander'
import { oneOf } from '../../../terminal/arguments.ts'

/** The source of the rows: a CSV file and how it is read, or else the data table. */
export type TableSource = {
  readonly data?: string
  readonly label?: string
  readonly separator?: string
  readonly missingLabels?: MissingLabels
  readonly trustHeader?: true
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

const missingLabels = oneOf<MissingLabels>('refuse', 'drop', 'keep')

/** Adds the option for the format of a CSV file. */
export const addSeparatorOption = (command: Command): Command =>
  command.option(
    '--separator <character>',
    'separator of the fields: , ; | or tab (default: detected)',
    readSeparator,
  )

/** Adds the options for the source of the rows and the format of a CSV file. */
export const addTableOptions = (command: Command): Command =>
  addSeparatorOption(
    command
      .option('--data <file>', 'a CSV file in UTF-8 with a header (default: the data table)')
      .option('--label <column>', 'the column of the CSV file that holds the classes'),
  )
    .option(
      '--missing-labels <choice>',
      'what to do with labels such as NA, NaN, null or ?: refuse the file, drop the rows, or keep the words as classes (default: refuse)',
      missingLabels,
    )
    .option('--trust-header', 'treat the first line as names even if it looks like data')
