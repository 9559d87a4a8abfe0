import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as model from '../src/index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code)

/** `expression // value` becomes a record of both; a value with … is compared as far as it goes. */
const toRecords = (code: string) =>
  code
    .replace(/^import .*$/gm, '')
    .replace(/^([\w.]+(?:\(.*\))?) \/\/ (.*)$/gm, (_, expression, value) => {
      return `record(${JSON.stringify(expression)}, ${expression}, ${JSON.stringify(value)})`
    })

const shown = (value: unknown) => JSON.stringify(value).replaceAll('"', "'").replaceAll(',', ', ')

test.each(examples.map((code) => ({ code })))(
  'the example of the README is true: $code',
  ({ code }) => {
    let checked = 0
    const record = (expression: string, value: unknown, stated: string) => {
      checked++
      const expected = stated.split(/[:,] (?:one|in the)/)[0]
      const parts = expected.split('…')
      let from = 0
      for (const part of parts) {
        const at = shown(value).indexOf(part, from)
        expect(at, `${expression} is ${shown(value)}, not ${expected}`).toBeGreaterThanOrEqual(from)
        from = at + part.length
      }
    }
    new Function('record', ...Object.keys(model), toRecords(code))(record, ...Object.values(model))
    expect(checked).toBeGreaterThan(0)
  },
)
