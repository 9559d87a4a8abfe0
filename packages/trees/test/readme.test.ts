import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as trees from '../src/index.ts'
import { fixtureBytes } from './fixtures.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code)

/** `expression // value` becomes a record of both. */
const toRecords = (code: string) =>
  code
    .replace(/^import .*$/gm, '')
    .replace(/^(\w[\w.]*(?:\(.*\))?) \/\/ (.*)$/gm, (_, expression, value) => {
      return `record(${JSON.stringify(expression)}, ${expression}, ${JSON.stringify(value)})`
    })

const shown = (value: unknown) => {
  const plain = ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value
  return JSON.stringify(plain)
    .replaceAll(',', ', ')
    .replace(/"(\w+)":/g, '$1: ')
    .replaceAll('"', "'")
}

test.each(examples.map((code) => ({ code })))(
  'the example of the README is true: $code',
  ({ code }) => {
    let checked = 0
    const record = (expression: string, value: unknown, stated: string) => {
      checked++
      const pattern = stated.replace(/[[\](){}.*+?^$|\\]/g, '\\$&').replaceAll('…', '.*')
      expect(shown(value), expression).toMatch(new RegExp(`^${pattern}$`))
    }
    const names = [...Object.keys(trees), 'readFileSync', 'record']
    const values = [...Object.values(trees), fixtureBytes, record]
    new Function(...names, toRecords(code))(...values)
    expect(checked).toBeGreaterThan(0)
  },
)

test('there is an example for each library', () => {
  expect(examples.length).toBeGreaterThanOrEqual(2)
})
