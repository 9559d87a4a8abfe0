import { ModelError } from '../errors.ts'

/**
 * Makes sure that there is one prediction for each true label.
 *
 * @throws {ModelError} `invalid_data` when there are more, fewer or none.
 */
export function checkPairs(nTrue: number, nPredicted: number, name: string): void {
  if (nTrue === 0) throw new ModelError('invalid_data', 'yTrue is empty; expected a label a row')
  if (nTrue !== nPredicted) {
    throw new ModelError(
      'invalid_data',
      `yTrue has ${nTrue} labels and ${name} ${nPredicted} rows; expected as many`,
    )
  }
}
