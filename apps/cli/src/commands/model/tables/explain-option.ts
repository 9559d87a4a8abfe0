import { ModelError } from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'

/** The option of the command line that accepts a refused table, by the option of the library. */
const waysOut: Readonly<Record<string, string>> = {
  missingLabels:
    'To leave out the rows without a label: --missing-labels drop. If the word is a class: --missing-labels keep.',
  trustHeader: 'If the first line holds names: --trust-header.',
  missing:
    'If they stand for a missing value: --missing WORD. If the column holds categories: --categorical COLUMN. To leave it out: --drop COLUMN.',
  drop: 'To leave it out: --drop COLUMN, by its name or position.',
  label: 'A position will do too: --label 3, or --label last.',
  delimiter: 'Give the separator of the fields, for example: --separator ";".',
  labelsAreClasses:
    'If each of them is a class of its own: --labels-are-classes. If they are numbers to predict: --task regression.',
}

/** Runs a task with a table. If the table is refused, the message also names the option that accepts it. */
export const explainOption = async <T>(task: () => T | Promise<T>): Promise<T> => {
  try {
    return await task()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const wayOut = waysOut[error.facts.option ?? '']
    throw new CliError(wayOut === undefined ? error.message : `${error.message}. ${wayOut}`, {
      cause: error,
    })
  }
}
