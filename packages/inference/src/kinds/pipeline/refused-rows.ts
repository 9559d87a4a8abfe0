import { ModelError } from '@dsapi/model'
import { InputError } from '../../input-error.ts'

/**
 * Runs what computes, and reports a row that the pipeline refuses as the fault of its sender: a category that it was not
 * fitted with, or a missing value that nothing fills.
 *
 * @param columnNames those of the fit, which the errors of the pipeline name
 * @param featureNames those that requests use
 */
export const blamingRows = (columnNames: readonly string[], featureNames: readonly string[]) => {
  const featureOf = new Map(columnNames.map((name, place) => [name, featureNames[place]]))
  return <T>(compute: () => T): T => {
    try {
      return compute()
    } catch (error) {
      if (!(error instanceof ModelError) || error.code !== 'invalid_data') throw error
      const { row, column } = error.facts
      const field = typeof column === 'string' ? featureOf.get(column) : undefined
      throw new InputError(withoutPlace(error.message, column, row), { row: row ?? 0, field })
    }
  }
}

/** The message of an `InputError` does not repeat the field and the row. */
const withoutPlace = (message: string, column: unknown, row: number | undefined) => {
  const quoted = `${JSON.stringify(column)} `
  const rest = message.startsWith(quoted) ? message.slice(quoted.length) : message
  return row === undefined ? rest : rest.replace(` in row ${row}`, '')
}
