import { JsonReader } from '../document/json-reader.ts'
import { toBytes } from '../document/utf8.ts'
import { expectFormat } from '../recognise-format.ts'
import { finish, type Steps } from '../steps.ts'
import type { TreeEnsemble } from '../tree-ensemble.ts'
import { UbjsonReader } from '../ubjson/ubjson-reader.ts'
import { buildXgboost } from './build-xgboost.ts'
import { checkOptions, type XgboostOptions } from './options.ts'
import { readFile } from './read-learner.ts'

/**
 * Reads a model that XGBoost 1.0 or newer has saved as JSON or UBJSON (`model.save_model('model.json')` or `.ubj`).
 *
 * @param source the file's bytes, or its text if it is JSON
 * @throws TreesError with the byte, or the tree and its node
 */
export const readXgboost = (
  source: Uint8Array | string,
  options: XgboostOptions = {},
): TreeEnsemble => finish(readXgboostInSteps(source, options))

/** As `readXgboost`, in steps. @throws TreesError in one of them */
export function* readXgboostInSteps(
  source: Uint8Array | string,
  options: XgboostOptions = {},
): Steps<TreeEnsemble> {
  const bytes = toBytes(source)
  const format = expectFormat(bytes, ['xgboost-json', 'xgboost-ubjson'])
  checkOptions(options)
  const isJson = format === 'xgboost-json'
  const file = yield* readFile(isJson ? new JsonReader(bytes) : new UbjsonReader(bytes))
  return buildXgboost(file, isJson ? 'xgboost-json' : 'xgboost-ubjson', options)
}
