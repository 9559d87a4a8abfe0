import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { importModel } from './import-model.ts'
import { readObject } from './read-json.ts'
import { readOwnModel } from './read-own-model.ts'

/**
 * Reads a model: one that `toJSON` wrote, or a plain `{ classes, coef, intercept }` from scikit-learn,
 * which has to follow the rules of {@link importModel}.
 *
 * @param value what `JSON.parse` gave
 * @throws {ModelError} `invalid_model` when something is missing, damaged, or of a newer version, or
 *   the model does not answer as the file says; the message says where
 */
export function modelFromJSON(value: unknown): LogisticRegressionModel {
  const json = readObject(value, 'the model')
  return json.format === undefined ? importModel(value).model : readOwnModel(json)
}
