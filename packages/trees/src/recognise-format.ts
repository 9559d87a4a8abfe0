import { TreesError } from './errors.ts'

/** What the first bytes of a file say that it is. */
export type TreesFormat = 'xgboost-json' | 'xgboost-ubjson' | 'lightgbm-text'

const startsWith = (bytes: Uint8Array, start: readonly number[] | string) =>
  typeof start === 'string'
    ? Array.from(start).every((character, i) => bytes[i] === character.charCodeAt(0))
    : start.every((byte, i) => bytes[i] === byte)

const ADVICE =
  "From XGBoost, save with `model.save_model('model.json')`; from LightGBM, with " +
  "`booster.save_model('model.txt')` (of LGBMClassifier and LGBMRegressor, `model.booster_`)."

/** What users have instead, by its first bytes. */
const OTHERS: readonly (readonly [readonly number[] | string, string])[] = [
  [
    'binf',
    'This is a model in the old binary format of XGBoost, which XGBoost itself reads up to 3.0 only. Load it there and save it again as JSON.',
  ],
  [[0x1f, 0x8b], 'This file is compressed with gzip: unpack it first.'],
  ['PK', 'This is a zip file (.skops, .pt, .keras and .npz are such), not a model of trees.'],
  [[0x89, 0x48, 0x44, 0x46], 'This is an HDF5 file (.h5), not a model of trees.'],
  ['CBM1', 'This is a CatBoost model, which is not read here: save it as ONNX.'],
  ['<', 'This is XML or HTML (PMML is such), not a model that is read here.'],
]

/**
 * Recognises a model by its content.
 *
 * @throws TreesError `unknown_format` that says what the file is, and how to export a model instead
 */
export function recogniseFormat(bytes: Uint8Array): TreesFormat {
  const at = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0
  const text = firstText(bytes, at)
  if (/^tree(?:[\r\n]|$)/.test(text)) return 'lightgbm-text'
  if (/^\s*\{/.test(text)) {
    // A name in UBJSON has its length before it, in JSON a quote. XGBoost writes lengths as L.
    const isUbjson = bytes[at] === 123 && 'LlIiU$#N'.includes(text[1] ?? '"')
    return isUbjson ? 'xgboost-ubjson' : 'xgboost-json'
  }
  throw new TreesError('unknown_format', `${describe(bytes, text)} ${ADVICE}`, { offset: 0 })
}

/** The same where only some formats are read. */
export function expectFormat(bytes: Uint8Array, expected: readonly TreesFormat[]): TreesFormat {
  const found = recogniseFormat(bytes)
  if (expected.includes(found)) return found
  const isLightgbm = found === 'lightgbm-text'
  const message = isLightgbm
    ? 'This is a LightGBM model, but one of XGBoost was expected: read it with `readLightgbm` or `readTrees`.'
    : 'This is JSON or UBJSON, as XGBoost writes it, but a LightGBM model was expected: read it with `readXgboost` or `readTrees`.'
  throw new TreesError('unknown_format', message, { offset: 0 })
}

function firstText(bytes: Uint8Array, at: number): string {
  let text = ''
  for (let i = at; i < bytes.length && i < at + 64; i++) text += String.fromCharCode(bytes[i])
  return text
}

function describe(bytes: Uint8Array, text: string): string {
  if (bytes.length === 0) return 'The file is empty.'
  if (bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5)
    return 'This is a pickle, which runs code when it is loaded, so it is never read.'
  if (/^\s*\[/.test(text))
    return 'This is a JSON array, as XGBoost’s `dump_model` writes it: a dump is for people, and has no base score and no objective.'
  const other = OTHERS.find(([start]) => startsWith(bytes, start))
  return other?.[1] ?? 'The file is no model of XGBoost (JSON, UBJSON) or LightGBM (text).'
}
