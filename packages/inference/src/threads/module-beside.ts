import { extname } from 'node:path'

/**
 * Where a module is that stands beside the one that asks, for what takes a URL instead of importing it, such
 * as a thread: `.ts` in the repository, `.js` in what is published.
 *
 * @param name the module without its extension: `computing-thread`
 * @param importer the `import.meta.url` of the module that asks
 */
export const moduleBeside = (name: string, importer: string): URL =>
  new URL(`./${name}${extname(importer)}`, importer)
