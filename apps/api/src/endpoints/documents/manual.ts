import type { Handler } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import { searchScript } from '../../docs/assets.ts'
import { renderManualPage } from '../../docs/manual/render-manual-page.ts'
import type { Env } from '../../http/env.ts'
import type { Description } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { answerPage, pageAnswer } from './answer-page.ts'

/** Answers with a page of the manual or one of its pictures; a path that is neither is an unknown one. */
const handle =
  ({ documents: { manual } }: AppDeps): Handler<Env> =>
  (context, next) => {
    const address = context.req.path
    const page = manual().pages.get(address)
    if (page !== undefined) {
      return answerPage(context, searchScript, renderManualPage(manual(), address, page))
    }
    const picture = manual().pictures.get(address)
    if (picture === undefined) return next()
    context.header('content-type', picture.type)
    context.header('cache-control', 'no-cache')
    return context.body(picture.bytes)
  }

/** `GET /docs`. */
export const docs: Endpoint = {
  id: 'docs',
  method: 'get',
  path: '/docs',
  access: 'no key',
  handle,
  describe: () => ({
    tag: 'Operations',
    summary: 'Read the manual',
    description:
      'Returns the first page of the manual. The page has a search and loads nothing from other hosts.',
    answers: { 200: pageAnswer },
    errors: ['invalid_request'],
    examples: [{ name: 'page', status: 200 }],
  }),
}

/** The name of a folder or a page of the documentation. */
const pageName = { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]*$' } as const

const noSuchPage = { folder: 'guides', page: 'none' }

const describePage = (): Description => ({
  tag: 'Operations',
  summary: 'Read a page of the manual',
  description:
    'Returns a page or a picture. A path that is neither is unknown, so it answers 401 without a key and 404 with one.',
  parameters: [
    { name: 'folder', in: 'path', required: true, schema: pageName },
    { name: 'page', in: 'path', required: true, schema: pageName },
  ],
  answers: { 200: pageAnswer },
  errors: [
    'invalid_request',
    { code: 'missing_api_key', message: 'No API Key provided', parameters: noSuchPage },
    { code: 'not_found', message: 'Not found', parameters: noSuchPage },
  ],
  examples: [{ name: 'page', status: 200, parameters: { folder: 'reference', page: 'settings' } }],
})

/** `GET /docs/{folder}/{page}`. */
export const docsPage: Endpoint = {
  id: 'docsPage',
  method: 'get',
  path: '/docs/:folder/:page',
  access: 'no key',
  handle,
  describe: describePage,
}
