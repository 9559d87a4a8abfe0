import type { MissingLabels } from '@dsapi/model'
import { type Command, InvalidArgumentError } from 'commander'

/** Where the rows come from: a CSV file and how it is read, or else the data table. */
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

const missingLabels: readonly MissingLabels[] = ['refuse', 'drop', 'keep']

const readMissingLabels = (text: string): MissingLabels => {
  const choice = missingLabels.find((known) => known === text)
  if (choice !== undefined) return choice
  throw new InvalidArgumentError(`It must be one of ${missingLabels.join(', ')}.`)
}

/** Adds the options that say where the rows come from and how a CSV file is read. */
export const addTableOptions = (command: Command): Command =>
  command
    .option('--data <file>', 'a CSV file in UTF-8 with a header; without it, the data table')
    .option('--label <column>', 'the column of the CSV file that holds the classes')
    .option(
      '--separator <character>',
      'what separates the fields: , ; | or tab (found in the header)',
      readSeparator,
    )
    .option(
      '--missing-labels <choice>',
      'what to do with labels such as NA, NaN, null or ?: refuse the file, drop these rows, or keep the words as classes (refuse)',
      readMissingLabels,
    )
    .option('--trust-header', 'take the first line for names even if it looks like a row of data')
