import { TreesError } from './errors.ts'

/** What the first bytes of a file say that it is. */
export type TreesFormat = 'xgboost-json' | 'xgboost-ubjson' | 'lightgbm-text'

const startsWith = (bytes: Uint8Array, start: readonly number[] | string) =>
  typeof start === 'string'
    ? Array.from(start).every((character, i) => bytes[i] === character.charCodeAt(0))
    : start.every((byte, i) => bytes[i] === byte)

const BOM = [0xef, 0xbb, 0xbf]

const UNKNOWN = 'The file is no model of XGBoost (JSON, UBJSON) or LightGBM (text).'

const ADVICE =
  "From XGBoost, save with `model.save_model('model.json')`; from LightGBM, with " +
  "`booster.save_model('model.txt')` (of LGBMClassifier and LGBMRegressor, `model.booster_`)."

/** A file that holds something else, in the words of who has it. */
export interface OtherFile {
  readonly format: OtherFormat
  /** A sentence that says what it is. */
  readonly description: string
}

export type OtherFormat =
  | 'empty'
  | 'pickle'
  | 'joblib'
  | 'zip'
  | 'gzip'
  | 'hdf5'
  | 'safetensors'
  | 'gguf'
  | 'catboost'
  | 'xgboost-binary'
  | 'xgboost-dump'
  | 'lightgbm-dump'
  | 'catboost-json'
  | 'html'
  | 'xml'

/** What users have instead, by its first bytes. */
const OTHERS: readonly (readonly [readonly number[] | string, OtherFormat, string])[] = [
  [
    'binf',
    'xgboost-binary',
    'This is a model in the old binary format of XGBoost, which XGBoost itself reads up to 3.0 only. Load it there and save it again as JSON.',
  ],
  [[0x1f, 0x8b], 'gzip', 'This file is compressed with gzip: unpack it first.'],
  ['PK', 'zip', 'This is a zip file (.skops, .pt, .keras and .npz are such).'],
  [[0x89, 0x48, 0x44, 0x46], 'hdf5', 'This is an HDF5 file (.h5 is such).'],
  ['CBM1', 'catboost', 'This is a CatBoost model.'],
  ['GGUF', 'gguf', 'This is a GGUF file, as llama.cpp reads it.'],
]

/** The same for texts, by their beginning. */
const OTHER_TEXTS: readonly (readonly [RegExp, OtherFormat, string])[] = [
  [/^<(?:!doctype\s+)?html/i, 'html', 'This is a page of HTML, such as a download that failed.'],
  [/^</, 'xml', 'This is XML (PMML is such).'],
  [
    /^\[|^booster\[\d+\]/,
    'xgboost-dump',
    'This is what XGBoost’s `dump_model` writes: a dump is for people, and has no base score and no objective.',
  ],
  [
    /^\{\s*"name"\s*:\s*"tree"/,
    'lightgbm-dump',
    'This is what LightGBM’s `dump_model` writes, which cannot be read back.',
  ],
  [
    /^\{.*"(?:oblivious_trees|features_info)"/s,
    'catboost-json',
    'This is a CatBoost model as JSON.',
  ],
]

/**
 * What a file is that holds no model of this package, as far as its first bytes show it. A JSON object may be an XGBoost
 * model in addition.
 *
 * @param head the first bytes, some thousands
 */
export function describeOther(head: Uint8Array): OtherFile | undefined {
  if (head.length === 0) return { format: 'empty', description: 'The file is empty.' }
  if (head[0] === 0x80 && head[1] >= 2 && head[1] <= 5) return PICKLE
  // The two bytes of zlib are a multiple of 31 (RFC 1950, 2.2).
  if (head[0] === 0x78 && (head[0] * 256 + head[1]) % 31 === 0) return JOBLIB
  // A length of 64 bits, then JSON.
  if (head[8] === 0x7b && head[6] === 0 && head[7] === 0 && head[0] !== 0x7b) return SAFETENSORS
  for (const [start, format, description] of OTHERS)
    if (startsWith(head, start)) return { format, description }
  const text = firstText(head, startsWith(head, BOM) ? 3 : 0, 4096).trimStart()
  for (const [pattern, format, description] of OTHER_TEXTS)
    if (pattern.test(text)) return { format, description }
  return undefined
}

const PICKLE: OtherFile = {
  format: 'pickle',
  description: 'This is a pickle, which runs code when it is loaded, so it is never read.',
}
const JOBLIB: OtherFile = {
  format: 'joblib',
  description:
    'This is compressed with zlib, as joblib does it: a pickle, which runs code when it is loaded, so it is never read.',
}
const SAFETENSORS: OtherFile = {
  format: 'safetensors',
  description:
    'This is a safetensors file: it has the weights of a model, and not what is computed with them.',
}

/**
 * Recognises a model by its content.
 *
 * @throws TreesError `unknown_format` that says what the file is, and how to export a model instead
 */
export function recogniseFormat(bytes: Uint8Array): TreesFormat {
  const at = startsWith(bytes, BOM) ? 3 : 0
  const text = firstText(bytes, at, 64)
  if (/^tree(?:[\r\n]|$)/.test(text)) return 'lightgbm-text'
  if (/^\s*\{/.test(text)) {
    // A name in UBJSON has its length before it, in JSON a quote. XGBoost writes lengths as L.
    const isUbjson = bytes[at] === 123 && 'LlIiU$#N'.includes(text[1] ?? '"')
    return isUbjson ? 'xgboost-ubjson' : 'xgboost-json'
  }
  throw new TreesError(
    'unknown_format',
    `${describeOther(bytes)?.description ?? UNKNOWN} ${ADVICE}`,
    { offset: 0 },
  )
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

function firstText(bytes: Uint8Array, at: number, length: number): string {
  let text = ''
  for (let i = at; i < bytes.length && i < at + length; i++) text += String.fromCharCode(bytes[i])
  return text
}
