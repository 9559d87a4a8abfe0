import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyProblem } from '../src/app/api/key-form.ts'
import { splitCsv } from '../src/app/csv.ts'
import {
  formatBytes,
  formatNumber,
  formatRelative,
  formatSpan,
  shortId,
} from '../src/app/format.ts'
import { contourOf } from '../src/app/plots/contours.ts'
import { pathOf } from '../src/app/plots/path-of.ts'
import { domainOf, linearScale, ticksOf } from '../src/app/plots/scale.ts'
import { match } from '../src/app/router/match.ts'
import { pythonValue, rName, shellText } from '../src/app/snippets/literals.ts'

test('spans, sizes and numbers are shown in few digits', () => {
  expect([0, 55, 9500, 125_000, 11_040_000, 180_000_000].map(formatSpan)).toEqual([
    '0 ms',
    '55 ms',
    '9.5 s',
    '2 min 5 s',
    '3 h 4 min',
    '2 d 2 h',
  ])
  expect([12, 5_300_000].map(formatBytes)).toEqual(['12 B', '5.3 MB'])
  expect([0, 0.5, -1234.5678, 1e-9].map(formatNumber)).toEqual(['0', '0.5', '-1,235', '1.00e-9'])
  expect([formatRelative(0, 12_000), formatRelative(86_400_000 * 3, 0)]).toEqual([
    '12 s ago',
    'in 3 d',
  ])
  expect(shortId('01a219e5-6e58-7e0a-9b80-145463996dcf')).toBe('01a219e5…6dcf')
})

test('a path is matched by its pattern, with its parameters decoded', () => {
  expect(match('/jobs', '/jobs/')).toEqual({})
  expect(match('/jobs/:id', '/jobs/01a2')).toEqual({ id: '01a2' })
  expect(match('/models/:name', '/models/a%20b')).toEqual({ name: 'a b' })
  for (const path of ['/jobs', '/jobs/', '/jobs/a/b', '/keys/a', '/jobs/%E0%A4%A'])
    expect(match('/jobs/:id', path)).toBeUndefined()
})

test('a key that was not copied as a whole is found before it is sent', () => {
  const key = 'dsapi_0123456789ABCDEFGHIJKLMNOPQRSTUV4GNvoD'
  expect(keyProblem('')).toBe('Paste a key.')
  expect(keyProblem(key.slice(0, -1))).toMatch(/38 letters/)
  expect(keyProblem(key.replace('0123', '0124'))).toMatch(/checksum/)
  expect(keyProblem('a key')).toMatch(/no spaces/)
  expect(keyProblem('a-key-of-another-system')).toBeUndefined()
})

describe('records of CSV', () => {
  test('quotes hold commas, line ends and quotes', () => {
    expect(splitCsv('a,b\r\n"1,\n2","say ""hi"""\n', 9)).toEqual([
      ['a', 'b'],
      ['1,\n2', 'say "hi"'],
    ])
  })
  test('every table is read as it was written', () => {
    const cell = fc.string().filter((text) => !text.includes('\r'))
    const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 5,
      }),
    )
    fc.assert(
      fc.property(table, (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const text = rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')
        expect(splitCsv(text, 99)).toEqual(rows)
      }),
    )
  })
})

describe('plots', () => {
  test('ticks are round numbers within the domain', () => {
    expect(ticksOf([0, 1], 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticksOf([-4, 4], 10)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4])
  })
  test('finite data draws finite paths', () => {
    const value = fc.double({ min: -1e300, max: 1e300, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), (points) => {
        const x = linearScale(domainOf(points.map(([first]) => first)), [0, 500])
        const y = linearScale(domainOf(points.map(([, second]) => second)), [300, 0])
        const path = pathOf(points, x.place, y.place)
        expect(path).toMatch(/^M[-\d. ML]*$/)
      }),
    )
  })
  test('a line has a gap where a value is not finite', () => {
    const points = [1, Number.NaN, 3].map((value) => [value, value] as const)
    expect(pathOf(points, Number, Number)).toBe('M1.00 1.00M3.00 3.00')
  })
  test('a contour crosses the cells between values above and below the level', () => {
    expect(contourOf([-1, 1, -1, 1], 2, 2, 0)).toEqual([[0.5, 0, 0.5, 1]])
    expect(contourOf([1, 1, 1, 1], 2, 2, 0)).toEqual([])
  })
})

test('names and texts with quotes stay texts in programs', () => {
  expect(shellText("it's")).toBe(`'it'\\''s'`)
  expect(['"\\', true, null, 1].map(pythonValue)).toEqual(['"\\"\\\\"', 'True', 'None', '1'])
  expect(rName('a`b')).toBe('`a\\`b`')
})
