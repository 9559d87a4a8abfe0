import type { Endpoint } from './endpoint.ts'

/** No segment begins with a dot, and no character is encoded: pages and pictures of the manual have such names. */
const segment = '[A-Za-z0-9][\\w.-]{0,100}'

/** Makes a function that says whether a path is answered without a key. */
export const createNeedsNoKey = (endpoints: readonly Endpoint[]): ((path: string) => boolean) => {
  const paths = endpoints.filter(({ access }) => access === 'no key').map(({ path }) => path)
  const exact = new Set(paths.filter((path) => !path.includes(':')))
  const patterns = paths
    .filter((path) => path.includes(':'))
    .map((path) => new RegExp(`^${path.replaceAll(/:\w+/g, segment)}$`))
  return (path) => exact.has(path) || patterns.some((pattern) => pattern.test(path))
}
