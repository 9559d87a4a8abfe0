import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Beside the compiled modules in a published package; at the top of the repository in a clone. */
const places = ['../../manual/', '../../../../../docs/']

/**
 * The folder that holds the pages of the manual.
 *
 * @throws Error when it is missing: the package was built without it
 */
export const findManualFolder = (): string => {
  const folders = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  const found = folders.find((folder) => existsSync(join(folder, 'README.md')))
  if (found === undefined) throw new Error(`The manual is missing: looked in ${folders.join(', ')}`)
  return found
}

/** The paths of all pages, without `.md`: `guides/keys-and-limits`. The first page is `README`. */
export const listPages = (folder: string): readonly string[] =>
  globSync('**/*.md', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/').replace(/\.md$/, ''))
    .toSorted()

/** The Markdown of a page. */
export const readSource = (folder: string, page: string): string =>
  readFileSync(join(folder, `${page}.md`), 'utf8')

/** The paths of all pictures: `benchmarks/http.svg`. */
export const listPictures = (folder: string): readonly string[] =>
  globSync('**/*.{svg,png}', { cwd: folder }).map((path) => path.replaceAll('\\', '/'))
