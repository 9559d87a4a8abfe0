import { listAudit as readPage } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery, unknownCursor } from '../../http/parse-query.ts'
import { keyIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { created } from '../keys/example-keys.ts'
import { forAllModels } from '../keys/for-all-models.ts'
import { auditListQuery } from './audit-schemas.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const query = parseQuery(auditListQuery, context.req.query())
    const page = await readPage(db, query)
    if (page === undefined) throw unknownCursor()
    const { entries, nextCursor } = page
    return context.json({ audit: entries, ...(nextCursor && { next_cursor: nextCursor }) })
  }

const describe = (): Description => {
  const { key_id: target, ...entry } = created
  return {
    tag: 'Operations',
    summary: 'Read the whole audit log',
    description:
      'Lists what was done to keys, to sessions of the web console and to models, newest first, in pages. Each entry names the actor. `GET /keys/audit` lists keys and sessions alone, in its own form.',
    parameters: queryParameters(auditListQuery),
    answers: {
      200: {
        description: 'A page of the audit log',
        headers: ['Cache-Control'],
        content: jsonOf('FullAuditList'),
      },
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
        parameters: { kind: 'key', target: keyIds.active, limit: 10 },
        status: 200,
        answer: { type: json, value: { audit: [{ kind: 'key', ...entry, target }] } },
      },
    ],
  }
}

/** `GET /audit`. */
export const listAudit: Endpoint = {
  id: 'listAudit',
  method: 'get',
  path: '/audit',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
