import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ModelError } from '../errors.ts'
import { detectFormat } from './detect-format.ts'

describe('detectFormat', () => {
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
    ['1,5;2,5;0\n2,5;3,5;1\n', ';'],
    ['name;note\na;x, y, z\nb;u, v, w\n', ';'],
    ['5.1|3.5|a\n4.9|3.0|b\n', '|'],
    ['a\n1\n', ','],
    ['', ','],
  ])('finds in %j that %j separates the fields', (text, delimiter) => {
    expect(detectFormat(text, { label: 'y', isWhole: true }).delimiter).toBe(delimiter)
  })

  test.each([
    ['sep=;\nx;y\n1;2\n', ';', '\nx;y\n1;2\n'],
    ['"sep=\t"\na;b\ty\n', '\t', '\na;b\ty\n'],
    ['SEP=,\na;b,y\n', ',', '\na;b,y\n'],
    ['sep=;;\ny\n', ';', 'sep=;;\ny\n'],
  ])('follows the line of Excel in %j', (text, delimiter, rest) => {
    const found = detectFormat(text)
    expect([found.delimiter, text.slice(found.preamble)]).toEqual([delimiter, rest])
  })

  test.each([
    ['numbers alone', '5.1,3.5,0\n4.9,3.0,0\n6.2,3.4,1\n'],
    ['numbers and labels', '5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,3.4,virginica\n'],
    ['numbers and a label that is in no other row', '5.1,3.5,one\n4.9,3.0,setosa\n'],
    ['numbers that count up by chance', '1,2,a\n5,6,b\n7,8,a\n'],
    ['blanks, texts and missing values', '39, State, ?, >50K\n1, ?, 3, >50K\n2, State, 4, <=50K\n'],
    ['letters', 'p,x,s,n,t\ne,x,y,y,t\ne,b,s,w,t\np,x,y,w,f\n'],
    ['dates', '2026-01-01,0.5\n2026-01-02,0.7\n'],
    ['a decimal comma', '1,5;2,5;0\n2,5;3,5;1\n'],
    ['twice the same text', 'a,a,1\nb,c,2\n'],
    ['a single row', '1,2,3\n'],
  ])('finds no header in %s', (_, text) => {
    expect(detectFormat(text, { isWhole: true }).hasHeader).toBe(false)
  })

  test.each([
    ['names above numbers', 'a,b\n1,2\n'],
    ['names above texts', 'class,cap-shape\nEdible,Convex\nEdible,Flat\nPoisonous,Convex\n'],
    ['columns that count up from 0', '0,1,2,target\n1,2,3,a\n'],
    ['years among words', 'country_size,1990,1991,target\n1,2,3,a\n'],
    ['a word that is also a label', 'x,target\n1,target\n2,other\n'],
    ['names above True and False', 'age,alone\n1,True\n2,False\n'],
    ['names above missing values', 'a,b\n,1\n?,2\n'],
    ['no row', 'a,b\n'],
    ['a column of row numbers without a name', ',a,y\n0,1.5,x\n1,2.5,z\n'],
  ])('finds a header in %s', (_, text) => {
    expect(detectFormat(text, { isWhole: true, label: 'target' }).hasHeader).toBe(true)
  })

  test('finds names of rows for which the header has no field', () => {
    expect(detectFormat('a,b\nr1,1,2\nr2,3,4\n').hasRowNames).toBe(true)
    expect(detectFormat('a,b\n1,2,\n3,4,\n').hasRowNames).toBe(false)
  })

  test('gives a format or a ModelError for any text', () => {
    const unit = fc.constantFrom(...'",;|\t\n\r x1.-?')
    fc.assert(
      fc.property(fc.string({ unit }), fc.boolean(), (text, isWhole) => {
        try {
          expect(detectFormat(text, { isWhole }).delimiter).toHaveLength(1)
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
