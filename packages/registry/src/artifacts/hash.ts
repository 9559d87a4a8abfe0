import { createHash } from 'node:crypto'
import type { ModelOptions } from '@dsapi/inference'

/** SHA-256, in hex. */
export const sha256Of = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

/** The same text for the same options, in whatever order they were given. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, canonical(one)]),
  )
}

/** The options as they are stored and hashed. */
export const optionsText = (options: ModelOptions): string => JSON.stringify(canonical(options))

/** The hash of a version. Without options it is the file's, as the versions of before have it. */
export const versionHash = (artifactSha256: string, options: ModelOptions): string => {
  const text = optionsText(options)
  return text === '{}' ? artifactSha256 : sha256Of(`${artifactSha256}\n${text}`)
}
