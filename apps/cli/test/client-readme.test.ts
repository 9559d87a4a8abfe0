import { readFileSync } from 'node:fs'
import * as clientPackage from '@dsapi/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generate, makeKey, ownEnvironment, spawnDsapi } from './dsapi.ts'

// The examples of the client's README, against a server and a worker.

const readme = readFileSync(new URL('../../../packages/client/README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code)

let url: string
let key: string
let start: ReturnType<typeof spawnDsapi>
beforeAll(async () => {
  const env = await ownEnvironment()
  await generate(env)
  key = (await makeKey(env, { scopes: ['predict', 'jobs', 'admin'] })).key
  start = spawnDsapi(['start'], env)
  url = await start.says(/dsapi listens on (\S+)/)
})
afterAll(async () => {
  start.kill('SIGTERM')
  await start.ended()
})

/** `expression // value` becomes a record of both; a value with … is compared as far as it goes. */
const toRecords = (code: string) =>
  code
    .replace(/^import .*$/gm, '')
    .replace('http://localhost:8000', url)
    .replace(/^(?!const)(\S.*) \/\/ (.*)$/gm, (_, expression, value) => {
      return `record(${JSON.stringify(expression)}, ${expression}, ${JSON.stringify(value)})`
    })

/** As people write it: no quotes around names. */
const shown = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? `'${value}'` : String(value)
  }
  const members = Object.entries(value).map(([name, member]) => `${name}: ${shown(member)}`)
  return `{ ${members.join(', ')} }`
}

/** Whether a value begins as it was stated, with anything in the place of each `…`. */
const isAsStated = (value: string, stated: string) => {
  let from = 0
  for (const part of stated.split('…')) {
    const at = value.indexOf(part, from)
    if (at < 0 || (from === 0 && at > 0)) return false
    from = at + part.length
  }
  return stated.endsWith('…') || from === value.length
}

test('the examples of the README are true', async () => {
  const stated: string[] = []
  const record = (expression: string, value: unknown, expected: string) => {
    stated.push(expression)
    const actual = shown(value)
    expect(isAsStated(actual, expected), `${expression} is ${actual}, not ${expected}`).toBe(true)
  }
  const [first, ...rest] = examples.map(toRecords)
  // Each in a scope of its own, but for the client, which the first makes.
  const code = `${first}\n${rest.map((example) => `{\n${example}\n}`).join('\n')}`
  const run = new Function('KEY', 'record', 'createClient', `return (async () => {${code}})()`)
  await run(key, record, clientPackage.createClient)
  expect(stated.length).toBeGreaterThan(10)
})
