import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApi, runApi } from '../running-api.ts'

// The document as it is served, under the recommended rules of a linter; examples are held to their
// schemas by `no-invalid-media-type-examples` among them.

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

/** What is left out, and why. */
const config = {
  extends: ['recommended' as const],
  rules: {
    // `/jobs/stats` beside `/jobs/{id}`: what is written out goes first (OpenAPI 3.1.1, section 4.8.8).
    'no-ambiguous-paths': 'off' as const,
    // What a protocol has and this server does in another way is answered 501 alone.
    'operation-2xx-response': 'off' as const,
    'no-invalid-media-type-examples': 'error' as const,
    'no-invalid-parameter-examples': 'error' as const,
    'no-invalid-schema-examples': 'error' as const,
  },
}

const problemsOf = async (document: string) => {
  const problems = await lintFromString({ source: document, config: await createConfig(config) })
  return problems.map(
    ({ ruleId, message, location }) =>
      `${ruleId}: ${message} at ${location.map(({ pointer }) => pointer).join(', ')}`,
  )
}

test('the document has nothing that a linter would mend', async () => {
  const response = await fetch(`${api.url}/openapi.json`)
  expect(await problemsOf(await response.text())).toEqual([])
})

test('the linter does find what is wrong', async () => {
  const text = await (await fetch(`${api.url}/openapi.json`)).text()
  const wrong = text.replace('"class_probabilities":[0', '"class_probabilities":["no",0')
  expect(await problemsOf(wrong)).not.toEqual([])
})
