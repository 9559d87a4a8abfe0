import { isRecord } from '../../is-record.ts'
import type { Feature } from '../../model-info.ts'
import type { Cell } from '../../row.ts'
import { expectedValue, readValue, wrongValue } from '../read-value.ts'

/**
 * Reads a value of a feature as JSON has it: a text is no number. `{"b64": "…"}` stands for a text, as TensorFlow Serving
 * has it for bytes.
 *
 * @returns undefined for what the feature cannot have
 */
export const readJsonCell = (feature: Feature, given: unknown): Cell | undefined => {
  if (feature.type === 'text') return readValue(feature, isBytes(given) ? textOf(given) : given)
  return typeof given === 'string' ? undefined : readValue(feature, given)
}

/** What is wrong with a value that cannot be read. */
export const wrongJsonCell = (feature: Feature, given: unknown): string => {
  if (given === null) return 'is missing (null or NaN), and must not be'
  if (isBytes(given)) {
    return feature.type === 'text'
      ? 'is {"b64": …} without UTF-8 text in base64'
      : `must be ${expectedValue(feature)}; {"b64": …} is for features of text`
  }
  return typeof given === 'string' && feature.type !== 'text'
    ? `must be ${expectedValue(feature)}, but is a string`
    : wrongValue(feature, given)
}

type Bytes = { readonly b64: unknown }

/** Whether a value is `{"b64": …}`. */
export const isBytes = (given: unknown): given is Bytes =>
  isRecord(given) && Object.hasOwn(given, 'b64') && Object.keys(given).length === 1

const base64 = /^[A-Za-z0-9+/]*={0,2}$/
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text; what is none is left as it is. */
const textOf = (given: Bytes): unknown => {
  const { b64 } = given
  if (typeof b64 !== 'string' || b64.length % 4 !== 0 || !base64.test(b64)) return given
  try {
    return decoder.decode(Buffer.from(b64, 'base64'))
  } catch {
    return given
  }
}
