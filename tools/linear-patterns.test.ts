import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findPatterns } from './find-patterns.ts'
import { hostileTexts } from './hostile-texts.ts'
import { growsFasterThanText } from './measure-growth.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const longest = 100_000

/** Patterns that see no long text, because its length is limited before them; and how long it may be. */
const limitedBefore: ReadonlyMap<string, number> = new Map([])

const files = globSync('{packages,apps}/*/src/**/*.{ts,js}', {
  cwd: root,
  exclude: (path) => /node_modules|packages\/testing|\.test\.ts$|\.d\.ts$/.test(path),
}).toSorted()

const found = files.map((path) => {
  const code = readFileSync(`${root}${path}`, 'utf8')
  return { path, ...findPatterns(code, path.endsWith('.js') ? 'js' : 'ts') }
})

const patterns = found.flatMap(({ path, patterns }) =>
  patterns.map((pattern) => ({ ...pattern, place: `${path}:${pattern.line}` })),
)

test('regular expressions are found wherever they stand', () => {
  const code = 'const a: RegExp = /x+/u; z.string().regex(/y/); new RegExp("z+", "g"); RegExp(a)'
  expect(findPatterns(code, 'ts')).toEqual({
    patterns: [
      { line: 1, source: 'x+', flags: 'u' },
      { line: 1, source: 'y', flags: '' },
      { line: 1, source: 'z+', flags: 'g' },
    ],
    computed: [1],
  })
  expect(patterns.length).toBeGreaterThan(50)
})

test.each([
  ['^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$'],
  ['^(a+)+$'],
  ['\\s+$'],
  ['password=.*@'],
  ['^(\\w+\\s?)*$'],
])('%s is found to be slow', (source) => {
  const slow = hostileTexts(source).some((text) =>
    growsFasterThanText(new RegExp(source), text, longest),
  )
  expect(slow).toBe(true)
})

test('no regular expression is made at run time, of what nobody can look at here', () => {
  expect(found.flatMap(({ path, computed }) => computed.map((line) => `${path}:${line}`))).toEqual(
    [],
  )
})

test.each(patterns)('$place takes time in proportion to its text: $source', ({ source, flags }) => {
  const pattern = new RegExp(source, flags)
  const length = limitedBefore.get(source) ?? longest
  const slow = hostileTexts(source).filter((text) => growsFasterThanText(pattern, text, length))
  expect(slow).toEqual([])
})
