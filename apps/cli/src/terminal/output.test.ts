import { expect, test } from 'vitest'
import { table } from './output.ts'

test('a table shows no character that would move, turn or hide others on a terminal', () => {
  const text = table(['NAME', 'STATE'], [['a\u202eb\u001b[2J\nc\u200b', 'active']])
  expect(text.split('\n')).toEqual([
    expect.stringMatching(/^NAME +STATE$/),
    'a\\u{202e}b\\u{1b}[2J\\u{a}c\\u{200b}  active',
  ])
})
