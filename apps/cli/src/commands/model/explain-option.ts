import { ModelError } from '@dsapi/model'
import { CliError } from '../../terminal/cli-error.ts'

/** With which options of the command line a table is accepted that was refused, by the library's options. */
const waysOut: Readonly<Record<string, string>> = {
  missingLabels:
    'To leave out the rows without a label: --missing-labels drop. If the word is a class: --missing-labels keep.',
  trustHeader: 'If the first line does hold names: --trust-header.',
  delimiter: 'Say what separates the fields: --separator, for example --separator ";".',
  labelsAreClasses: 'If each of them is a class of its own: --labels-are-classes.',
}

/** Does something with a table. Where it is refused, the message also says which option accepts it. */
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
