import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { schemaTypes } from './schema-types.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

const formatted = (source: string) =>
  execFileSync('biome', ['format', '--stdin-file-path=schemas.ts'], {
    input: source,
    encoding: 'utf8',
  })

test('the types of the client are those of the document', async () => {
  const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as OpenApiDocument
  const types = formatted(schemaTypes(document.components.schemas))
  await expect(types).toMatchFileSnapshot('../../../../packages/client/src/schemas.ts')
})
