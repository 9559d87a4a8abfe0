import { expect, test } from 'vitest'
import { findBrokenLinks } from './links.ts'
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
