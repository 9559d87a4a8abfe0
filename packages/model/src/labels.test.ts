import { describe, expect, it } from 'vitest'
import { ModelError } from './errors.ts'
import { encodeLabels, type Label } from './labels.ts'

describe('encodeLabels', () => {
  it('sorts numbers by value', () => {
    const { classes, codes } = encodeLabels([10, 9, -1, 10])
    expect(classes).toEqual([-1, 9, 10])
    expect([...codes]).toEqual([2, 1, 0, 2])
  })

  it('sorts strings by code point, a prefix before what it begins', () => {
    const labels = ['b', 'ab', 'a', 'B', '\u{1f600}', '\ufffd']
    expect(encodeLabels(labels).classes).toEqual(['B', 'a', 'ab', 'b', '\ufffd', '\u{1f600}'])
  })

  it.each<[Label[], string]>([
    [[], 'y is empty'],
    [[1, Number.NaN], 'y[1] is NaN; expected a finite number or a string'],
    [[1, 'a'], 'y[1] is a string, but y[0] is a number; expected one kind of label'],
  ])('refuses %o', (labels, message) => {
    const encode = () => encodeLabels(labels)
    expect(encode).toThrow(ModelError)
    expect(encode).toThrow(message)
  })
})
