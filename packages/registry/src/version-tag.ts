/** A version as answers name it: its number, and the first characters of its hash. */
export const tagOf = ({
  version,
  sha256,
}: {
  readonly version: number
  readonly sha256: string
}): string => `${version}-${sha256.slice(0, 8)}`

/** The number in a tag; undefined where it is none. */
export const versionOfTag = (tag: string): number | undefined => {
  const version = Number(/^(\d{1,15})-[0-9a-f]{8}$/.exec(tag)?.[1] ?? Number.NaN)
  return Number.isSafeInteger(version) ? version : undefined
}
