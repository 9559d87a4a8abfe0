import type { LogisticRegressionOptions } from '@dsapi/model'
import { type Command, InvalidArgumentError } from 'commander'

/** What the commands that fit have in common. */
export type FitArguments = {
  readonly data?: string
  readonly label?: string
  readonly C: number
  readonly balanced?: true
  readonly json?: true
}

const positiveNumber = (text: string) => {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError('It must be a number above 0.')
}

export const addFitOptions = (command: Command): Command =>
  command
    .option('--data <file>', 'a CSV file with a header; without it, the data table')
    .option('--label <column>', 'the column of the CSV file to predict')
    .option('--C <number>', 'inverse strength of the L2 penalty', positiveNumber, 1)
    .option('--balanced', 'weigh rows as if all classes had the same number of them')

export const toModelOptions = ({ C, balanced }: FitArguments): LogisticRegressionOptions => ({
  C,
  classWeight: balanced && 'balanced',
})
