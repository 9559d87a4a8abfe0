import { readAuditPage } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery, unknownCursor } from '../../http/parse-query.ts'
import { keyIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { created } from './example-keys.ts'
import { forAllModels } from './for-all-models.ts'
import { shown, tag } from './key-answers.ts'
import { auditQuery } from './key-schemas.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { key, limit, cursor } = parseQuery(auditQuery, context.req.query())
    const page = await readAuditPage(db, {
      ...(key && { keyId: key }),
      ...(cursor !== undefined && { cursor }),
      limit,
    })
    if (page === undefined) throw unknownCursor()
    const { entries, nextCursor } = page
    return context.json({ audit: entries, ...(nextCursor && { next_cursor: nextCursor }) })
  }

const describe = (): Description => ({
  tag,
  summary: 'Read the audit log of keys',
  description: 'Lists changes of keys, newest first, in pages. Each entry names the actor.',
  parameters: queryParameters(auditQuery),
  answers: {
    200: { ...shown, description: 'A page of the audit log', content: jsonOf('AuditList') },
  },
  errors: [
    {
      code: 'invalid_query',
      message: 'Invalid query',
      detail: [{ field: 'limit', message: 'Too small: expected number to be >=1' }],
      parameters: { limit: 0 },
    },
    'internal',
  ],
  examples: [
    {
      name: 'of_a_key',
      parameters: { key: keyIds.active, limit: 10 },
      status: 200,
      answer: { type: json, value: { audit: [created] } },
    },
  ],
})

/** `GET /keys/audit`. */
export const readAudit: Endpoint = {
  id: 'readAudit',
  method: 'get',
  path: '/keys/audit',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
