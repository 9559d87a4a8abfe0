import { JsonReader } from '../document/json-reader.ts'
import { toBytes } from '../document/utf8.ts'
import { TreesError } from '../errors.ts'
import { expectFormat } from '../recognise-format.ts'
import type { TreeEnsemble } from '../tree-ensemble.ts'
import { UbjsonReader } from '../ubjson/ubjson-reader.ts'
import { buildXgboost } from './build-xgboost.ts'
import { readFile } from './read-learner.ts'

/** What an XGBoost file cannot say. */
export interface XgboostOptions {
  /**
   * After early stopping, which trees predict: those up to the best iteration, as XGBClassifier and XGBRegressor do,
   * or all, as Booster.predict does. Without it, the file's mark of scikit-learn's wrapper decides.
   */
  readonly trees?: 'best' | 'all'
  /** What was missing in training: NaN (the default), or zero too, as with `missing=0` or from sparse matrices. */
  readonly missing?: 'nan' | 'zero'
}

/**
 * Reads a model that XGBoost 1.0 or newer has saved as JSON or UBJSON (`model.save_model('model.json')` or `.ubj`).
 *
 * @param source the file's bytes, or its text if it is JSON
 * @throws TreesError with the byte, or the tree and its node
 */
export function readXgboost(
  source: Uint8Array | string,
  options: XgboostOptions = {},
): TreeEnsemble {
  const bytes = toBytes(source)
  const format = expectFormat(bytes, ['xgboost-json', 'xgboost-ubjson'])
  checkOption('trees', options.trees, ['best', 'all'])
  checkOption('missing', options.missing, ['nan', 'zero'])
  const isJson = format === 'xgboost-json'
  const file = readFile(isJson ? new JsonReader(bytes) : new UbjsonReader(bytes))
  return buildXgboost(file, isJson ? 'xgboost-json' : 'xgboost-ubjson', options)
}

function checkOption(option: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return
  const choices = allowed.map((choice) => `'${choice}'`).join(' or ')
  throw new TreesError('invalid_option', `The option \`${option}\` has to be ${choices}.`, {
    option,
  })
}
