import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import { renderApiPage } from '../../docs/api/render-api-page.ts'
import { apiScript } from '../../docs/assets.ts'
import type { Env } from '../../http/env.ts'
import type { Description } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { answerPage, oncePerDocument, pageAnswer } from './answer-page.ts'

const handle = ({ documents: { openApi, manual } }: AppDeps) => {
  const page = oncePerDocument((document) => renderApiPage(document, manual().navigation))
  return (context: Context<Env>): Response => answerPage(context, apiScript, page(openApi()))
}

const describe = (): Description => ({
  tag: 'Operations',
  summary: 'Read the API reference',
  description:
    'Returns the OpenAPI document as a page, with a form that sends a request for each operation.',
  answers: { 200: pageAnswer },
  errors: ['invalid_request'],
  examples: [{ name: 'page', status: 200 }],
})

/** `GET /docs/api`. */
export const apiReference: Endpoint = {
  id: 'apiReference',
  method: 'get',
  path: '/docs/api',
  access: 'no key',
  handle,
  describe,
}
