/** What stands in a path for the names of its template. */
export type PathNames = Readonly<Record<string, string>>

/**
 * Compares a path with a template: `/models/{model}:predict` matches `/models/a:predict`. A slash at the end is ignored.
 *
 * @returns what stands for the names, decoded; undefined for another path
 */
export const matchPath = (template: string, path: string): PathNames | undefined => {
  const wanted = template.split('/')
  const found = withoutLastSlash(path).split('/')
  if (wanted.length !== found.length) return undefined
  const names: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const end = segment.indexOf('}')
    const value = decoded(found[index])
    if (value === undefined) return undefined
    if (end < 0) {
      if (value !== segment) return undefined
      continue
    }
    const rest = segment.slice(end + 1)
    if (!value.endsWith(rest) || value.length === rest.length) return undefined
    names[segment.slice(1, end)] = value.slice(0, value.length - rest.length)
  }
  return names
}

const withoutLastSlash = (path: string) =>
  path.endsWith('/') && path !== '/' ? path.slice(0, -1) : path

const decoded = (segment: string) => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
