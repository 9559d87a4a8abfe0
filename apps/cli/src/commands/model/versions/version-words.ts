import type { Output } from '@dsapi/inference'
import { defaultModel, type VersionSummary } from '@dsapi/registry'
import { percent } from '../../../terminal/bar.ts'

type Key = { readonly name: string; readonly version: number }

/** A version as commands take it: `churn@3`. */
export const referenceOf = ({ name, version }: Key): string => `${name}@${version}`

/** A version that was stored, in words. */
export const storedAs = (name: string, version: number): string =>
  name === defaultModel ? `model version ${version}` : `version ${version} of the model ${name}`

/** What a version gets of the requests. */
export const stateOf = ({ isServed, canaryShare, isShadow }: VersionSummary): string => {
  if (isServed) return 'served'
  if (canaryShare !== undefined) return `canary, ${percent(canaryShare)} of the requests`
  return isShadow ? 'shadow' : 'not served'
}

const mostNamed = 10

const listed = (names: readonly (string | number)[]) => {
  const more = names.length - mostNamed
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** What a model answers, in words. */
export const outputInWords = (output: Output): string => {
  if (output.type === 'classes') return `classes ${listed(output.classes)}`
  return output.names.length === 1 ? 'a value' : `values ${listed(output.names)}`
}

const units = ['bytes', 'KiB', 'MiB', 'GiB']

/** A size for people: `12.3 KiB`. */
export const sizeInWords = (bytes: number): string => {
  let [size, unit] = [bytes, 0]
  while (size >= 1024 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1]
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}
