/**
 * Writes the template of a protocol's path for Hono's router: `/v1/models/{model}:predict` matches a segment that ends so,
 * also where the colon is percent-encoded.
 */
export const routerPath = (template: string): string =>
  template.replaceAll(/\{(\w+)\}([^/]*)/g, (_, name, rest) =>
    rest === '' ? `:${name}` : `:${name}{[^/]+${rest.replaceAll(':', colon)}}`,
  )

const colon = '(?::|%3A|%3a)'

/** A path of the router as metrics and traces have it: `/v1/models/:model:predict`. */
export const routeName = (path: string): string =>
  path.includes('{') ? path.replaceAll(`{[^/]+${colon}`, ':').replaceAll('}', '') : path
