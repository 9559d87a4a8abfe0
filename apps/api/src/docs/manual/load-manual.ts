import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, manualPath } from './links.ts'
import { findManualFolder, listPages, listPictures, readSource } from './manual-folder.ts'
import { type NavigationGroup, readNavigation } from './navigation.ts'
import { type ManualPage, renderMarkdown } from './render-markdown.ts'

export type Manual = {
  readonly folder: string
  readonly navigation: readonly NavigationGroup[]
  /** By the address at which each is served. */
  readonly pages: ReadonlyMap<string, ManualPage>
  readonly pictures: ReadonlyMap<
    string,
    { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
  >
}

const typeOf = (path: string) => (path.endsWith('.svg') ? 'image/svg+xml' : 'image/png')

/**
 * Reads and renders all pages of the manual: some fifty, which takes tens of milliseconds.
 *
 * @throws Error when the manual is missing
 */
export const loadManual = (folder: string = findManualFolder()): Manual => {
  const pages = listPages(folder).map((page) => renderMarkdown(page, readSource(folder, page)))
  return {
    folder,
    navigation: readNavigation(readSource(folder, 'README')),
    pages: new Map(pages.map((page) => [addressOf(page.page), page])),
    pictures: new Map(
      listPictures(folder).map((path) => [
        `${manualPath}/${path}`,
        { type: typeOf(path), bytes: new Uint8Array(readFileSync(join(folder, path))) },
      ]),
    ),
  }
}
