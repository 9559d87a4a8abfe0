import { toBytes } from './document/utf8.ts'
import { TreesError } from './errors.ts'
import { readLightgbm } from './lightgbm/read-lightgbm.ts'
import { recogniseFormat } from './recognise-format.ts'
import type { TreeEnsemble } from './tree-ensemble.ts'
import type { XgboostOptions } from './xgboost/options.ts'
import { readXgboost } from './xgboost/read-xgboost.ts'

/**
 * Reads a model of either library, which is recognised by its content.
 *
 * @param source the file's bytes, or its text
 * @param options what an XGBoost file cannot say; a LightGBM file says it all
 * @throws TreesError
 */
export function readTrees(source: Uint8Array | string, options: XgboostOptions = {}): TreeEnsemble {
  const bytes = toBytes(source)
  if (recogniseFormat(bytes) !== 'lightgbm-text') return readXgboost(bytes, options)
  for (const option of ['trees', 'missing'] as const) {
    if (options[option] !== undefined) {
      const message = `The option \`${option}\` is for XGBoost: a LightGBM file says it itself. Leave it out.`
      throw new TreesError('invalid_option', message, { option })
    }
  }
  return readLightgbm(bytes)
}
