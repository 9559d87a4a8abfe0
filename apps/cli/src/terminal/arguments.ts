import {
  durationForm,
  isScope,
  keyTextForm,
  longestName,
  longestNote,
  mostModels,
  parseDuration,
  parseKeyName,
  parseKeyNote,
  parseRate,
  rateForm,
  type Scope,
  scopes,
} from '@dsapi/auth/key-options'
import { isModelName, modelNameForm } from '@dsapi/registry/model-name'
import { holdsKey } from '@dsapi/telemetry/keys-in-text'
import { InvalidArgumentError } from 'commander'

/** Makes the parser of an option from a function that returns undefined for what it cannot read. */
const readAs =
  <T>(read: (text: string) => T | undefined, form: string) =>
  (text: string): T => {
    const value = read(text)
    if (value === undefined) throw new InvalidArgumentError(`It must be ${form}.`)
    return value
  }

/** Reads an option that is a whole number from `min` to `max`. */
export const wholeNumber = (min: number, max: number): ((text: string) => number) =>
  readAs((text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    return value >= min && value <= max ? value : undefined
  }, `a whole number from ${min} to ${max}`)

/** Reads a number that a person would write, within bounds. */
export const numberThat = (
  isAllowed: (value: number) => boolean,
  expected: string,
): ((text: string) => number) =>
  readAs((text) => {
    const value = /^[+-]?[\d.]{1,400}(?:e[+-]?\d{1,4})?$/i.test(text) ? Number(text) : Number.NaN
    return isAllowed(value) ? value : undefined
  }, expected)

/** Reads an option that is one of a few words. */
export const oneOf = <T extends string>(...choices: readonly T[]): ((text: string) => T) =>
  readAs(
    (text) => choices.find((choice) => choice === text),
    choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(', ')}`,
  )

/** The largest number of API processes. */
export const mostProcesses = 256

/** Reads a span of time such as `90d`, `24h`, `30m` or `45s`, as milliseconds. */
export const duration: (text: string) => number = readAs(parseDuration, durationForm)

/** Reads a number of days such as `7d`, up to 400. */
export const dayWindow = readAs((text) => {
  const days = /^[1-9]\d{0,2}d$/.test(text) ? Number.parseInt(text, 10) : Number.NaN
  return days <= 400 ? days : undefined
}, 'a number of days from 1d to 400d')

/** Reads what another parser reads, or a word that stands for nothing. That is `false`, since Commander makes an empty text of
 * null. */
export const orWord =
  <T>(word: string, read: (text: string) => T) =>
  (text: string): T | false =>
    text === word ? false : read(text)

/** Reads the first characters of the id of a job. */
export const jobIdPrefix = readAs(
  (text) => (/^[0-9a-f-]{1,36}$/i.test(text) ? text.toLowerCase() : undefined),
  'the first characters of the id of a job: 0-9, a-f and -',
)

/** Reads a rate such as `100/s`. */
export const rate = readAs(parseRate, rateForm)

/** Refuses a name or a note that holds a key: both are shown in lists. */
const unlessKey = (read: (text: string) => string | undefined) => (text: string) =>
  holdsKey(text) ? undefined : read(text)

/** Reads the name of a key. */
export const keyName = readAs(
  unlessKey(parseKeyName),
  `1 to ${longestName} characters and ${keyTextForm} and no API key`,
)

/** Reads a note about a key. */
export const keyNote = readAs(
  unlessKey(parseKeyNote),
  `at most ${longestNote} characters and ${keyTextForm} and no API key`,
)

const wordsOf = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '')

/** Reads scopes with commas or spaces between them. */
export const scopeList: (text: string) => readonly Scope[] = readAs(
  (text) => {
    const words = wordsOf(text)
    return words.length > 0 && words.every(isScope) ? [...new Set(words)] : undefined
  },
  `one or more of ${scopes.join(', ')}, with commas between them`,
)

/** Reads names of models with commas or spaces between them. */
export const modelNames: (text: string) => readonly string[] = readAs((text) => {
  const names = [...new Set(wordsOf(text))]
  return names.length > 0 && names.length <= mostModels && names.every(isModelName)
    ? names
    : undefined
}, `1 to ${mostModels} names of models with commas between them. A name has ${modelNameForm}`)

/** Reads the name of a model. */
export const modelName = readAs(
  (text) => (isModelName(text) ? text : undefined),
  `the name of a model: ${modelNameForm}`,
)

/** A version of a model, or the model alone. */
export type ModelReference = { readonly name: string; readonly version?: number }

const readReference = (text: string): ModelReference | undefined => {
  const [, name, digits] = /^([^@]*)(?:@(\d{1,15}))?$/.exec(text) ?? []
  if (name === undefined || !isModelName(name)) return undefined
  if (digits === undefined) return { name }
  return Number(digits) > 0 ? { name, version: Number(digits) } : undefined
}

/** Reads `churn` or `churn@3`. */
export const modelReference = readAs(
  readReference,
  'a model, such as churn, or a version of one, such as churn@3',
)

/** Reads `churn@3`. */
export const modelVersion = readAs((text) => {
  const { name = '', version } = readReference(text) ?? {}
  return version === undefined ? undefined : { name, version }
}, 'a version of a model, such as churn@3')

/** Reads a share such as `10%`, from 0 to below 100 %, as a number from 0 to 1. */
export const percentage = readAs((text) => {
  const [, number] = /^(\d{1,2}(?:\.\d{1,6})?) ?%$/.exec(text) ?? []
  return number === undefined ? undefined : Number(number) / 100
}, 'a share from 0% to below 100%, such as 10%')
