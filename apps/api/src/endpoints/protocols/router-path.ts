/**
 * Writes the template of a protocol's path for Hono's router: `/v1/models/{model}:predict` matches a segment that ends so,
 * also where the colon is percent-encoded.
 */
export const routerPath = (template: string): string =>
  template.replaceAll(/\{(\w+)\}([^/]*)/g, (_, name, rest) =>
    rest === '' ? `:${name}` : `:${name}{[^/]+${rest.replaceAll(':', '(?::|%3A|%3a)')}}`,
  )
