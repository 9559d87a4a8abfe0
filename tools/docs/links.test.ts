import { expect, test } from 'vitest'
import { findBrokenLinks, findMissingFiles } from './links.ts'
import { publicPages, root } from './public-pages.ts'

test('every link between pages leads to a file, and to a heading of it', () => {
  expect(findBrokenLinks(publicPages(), root)).toEqual([])
})

test('a link to a missing file or heading is found', () => {
  const source = '# Here\n\n[a](missing.md) [b](#there) [c](README.md#nowhere) [d](#here)\n'
  expect(findBrokenLinks(new Map([['PAGE.md', source]]), root)).toEqual([
    'PAGE.md: missing.md leads to no file',
    'PAGE.md: #there leads to no heading',
    'PAGE.md: README.md#nowhere leads to no heading',
  ])
})

/** Pages that are being rewritten, or that list what has changed. */
const leftOut = new Set(['CHANGELOG.md'])

test('every file that a page names is there', () => {
  const pages = new Map([...publicPages()].filter(([path]) => !leftOut.has(path)))
  expect(findMissingFiles(pages, root)).toEqual([])
})

test('a named file that is not there is found', () => {
  const source = 'In `docs/README.md` and `packages/db/src/gone.ts`, with `a/b`.\n'
  expect(findMissingFiles(new Map([['PAGE.md', source]]), root)).toEqual([
    'PAGE.md: packages/db/src/gone.ts is no file',
  ])
})
