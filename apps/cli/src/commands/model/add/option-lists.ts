import { InvalidArgumentError } from 'commander'

/** Reads a list, written with commas or as JSON. */
const readList = (text: string): readonly unknown[] => {
  if (!text.trimStart().startsWith('[')) return text.split(',').map((item) => item.trim())
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list)) return list
  } catch {
    // It is refused below.
  }
  throw new InvalidArgumentError('It begins as a list of JSON, but is none.')
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Reads names with commas between them, or as JSON. */
export const nameList = (text: string): readonly string[] => {
  const names = readList(text)
  if (names.every(isName)) return names
  throw new InvalidArgumentError('It must be names with commas between them, such as age,income.')
}

/** Reads classes in the same form. Those that are all numbers are numbers. */
export const labelList = (text: string): readonly (string | number)[] => {
  const labels = readList(text)
  const isLabel = (value: unknown) => isName(value) || typeof value === 'number'
  if (!labels.every((label): label is string | number => isLabel(label))) {
    throw new InvalidArgumentError('It must be classes with commas between them, such as no,yes.')
  }
  if (text.trimStart().startsWith('[')) return labels
  const isNumber = (label: string | number) => String(Number(label)) === label
  return labels.every(isNumber) ? labels.map(Number) : labels
}

/** Reads pairs such as `old=new,other=name`, or an object of JSON. */
export const namePairs = (text: string): Readonly<Record<string, string>> => {
  const pairs = text.trimStart().startsWith('{') ? readObject(text) : text.split(',').map(pairOf)
  if (pairs.every(([name, other]) => isName(name) && isName(other))) {
    return Object.fromEntries(pairs)
  }
  throw new InvalidArgumentError('It must be pairs with commas between them: old=new,old=new.')
}

const readObject = (text: string): readonly (readonly [string, string])[] => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value).map(([name, other]) => [name, isName(other) ? other : ''])
    }
  } catch {
    // It is refused below.
  }
  throw new InvalidArgumentError('It begins as an object of JSON, but is none.')
}

const pairOf = (text: string): readonly [string, string] => {
  const place = text.lastIndexOf('=')
  return [text.slice(0, Math.max(place, 0)).trim(), text.slice(place + 1).trim()]
}

const types = ['number', 'integer', 'boolean', 'text'] as const
type FeatureType = (typeof types)[number]

/** Reads pairs such as `age=integer,city=text`. */
export const featureTypes = (text: string): Readonly<Record<string, FeatureType>> =>
  Object.fromEntries(
    Object.entries(namePairs(text)).map(([name, given]) => {
      const type = types.find((one) => one === given)
      if (type !== undefined) return [name, type]
      throw new InvalidArgumentError(`A type is one of ${types.join(', ')}, not ${given}.`)
    }),
  )
