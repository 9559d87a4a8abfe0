import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import { makeSearchIndex } from '../../docs/search-index.ts'
import type { Env } from '../../http/env.ts'
import { type Description, json } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { oncePerDocument } from './answer-page.ts'

const handle = ({ documents: { openApi, manual } }: AppDeps) => {
  const index = oncePerDocument((document) => makeSearchIndex(manual(), document))
  return (context: Context<Env>): Response => {
    context.header('cache-control', 'no-cache')
    return context.json(index(openApi()))
  }
}

const describe = (): Description => ({
  tag: 'Operations',
  summary: 'Get the search index of the manual',
  description:
    'The index has the headings and texts of the manual and the operations of this API. The search of the manual loads it.',
  answers: {
    200: {
      description: 'The entries of the index',
      headers: ['Cache-Control'],
      content: { [json]: { type: 'array', items: { type: 'object' } } },
    },
  },
  errors: ['invalid_request'],
  examples: [{ name: 'index', status: 200 }],
})

/** `GET /docs/search.json`. */
export const docsSearch: Endpoint = {
  id: 'docsSearch',
  method: 'get',
  path: '/docs/search.json',
  access: 'no key',
  handle,
  describe,
}
