import { describe, expect, test } from 'vitest'
import { findSeparator } from './find-separator.ts'

async function* inPieces(text: string, length: number) {
  for (let i = 0; i < text.length; i += length) yield text.slice(i, i + length)
}

describe('findSeparator', () => {
  test.each([
    ['a,b,y\n1;2;3\n', ','],
    ['a;b;y\n1,5;2;3\n', ';'],
    ['"a";"y"\n1;2\n', ';'],
    ['a\tb\ty\n1\t2\t3\n', '\t'],
    ['a|b|y\n', '|'],
    ['size, in cm;y\n1;2\n', ';'],
    ['a;b,y\n1,2\n', ','],
    ['\n\n"first\nline";y\n1;2\n', ';'],
    ['\ufeffa;y\r\n1;2\r\n', ';'],
    ['a;b;c\n1;2;3\n', ';'],
    ['a\n1\n', ','],
    ['', ','],
  ])('finds in the header of %j that %j separates the fields', async (text, separator) => {
    for (const length of [1, 3, 1000]) {
      const found = await findSeparator(inPieces(text, length), 'y')
      expect(found.separator).toBe(separator)
      let all = ''
      for await (const piece of found.pieces) all += piece
      expect(all).toBe(text)
    }
  })

  test.each([
    ['sep=;\nx;y\n1;2\n', ';', '\nx;y\n1;2\n'],
    ['\ufeffsep=;\r\nx;y\r\n', ';', '\ufeff\r\nx;y\r\n'],
    ['"sep=\t"\na;b\ty\n', '\t', '\na;b\ty\n'],
    ['SEP=,\na;b,y\n', ',', '\na;b,y\n'],
    ['sep=;;\ny\n', ';', 'sep=;;\ny\n'],
  ])('follows the line of Excel in %j', async (text, separator, rest) => {
    for (const length of [1, 3, 1000]) {
      const found = await findSeparator(inPieces(text, length), 'y')
      let all = ''
      for await (const piece of found.pieces) all += piece
      expect([found.separator, all]).toEqual([separator, rest])
    }
  })
})
