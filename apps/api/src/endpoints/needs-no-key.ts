import type { Endpoint } from './endpoint.ts'

/** No segment begins with a dot, and no character is encoded: pages and pictures of the manual have such names. */
const segment = /^[A-Za-z0-9][\w.-]{0,100}$/

/** A longer path is not looked into: without a key, it is not worth the work. */
const longestPath = 400

/** Makes a function that says whether a path is answered without a key. */
export const createNeedsNoKey = (endpoints: readonly Endpoint[]): ((path: string) => boolean) => {
  const paths = endpoints.filter(({ access }) => access === 'no key').map(({ path }) => path)
  const exact = new Set(paths.filter((path) => !path.includes(':')))
  const patterns = paths.filter((path) => path.includes(':')).map((path) => path.split('/'))
  return (path) =>
    exact.has(path) ||
    (path.length <= longestPath && patterns.some((pattern) => fits(path.split('/'), pattern)))
}

const fits = (parts: readonly string[], pattern: readonly string[]) =>
  parts.length === pattern.length &&
  pattern.every((name, i) => (name.startsWith(':') ? segment.test(parts[i]) : parts[i] === name))
