import { z } from 'zod'
import { instant, instantText, nextCursor, pageQuery } from '../../openapi/common-schemas.ts'

const kind = z.enum(['key', 'session', 'model'])
const longestText = 200

export const auditListQuery = z.object({
  kind: kind.optional().meta({
    description: 'List only entries of keys, of sessions of the web console, or of models',
  }),
  actor: z.string().max(longestText).optional().meta({
    description: 'List only what this actor did: `cli:` and a name, or `key:` and the id of a key',
  }),
  action: z
    .string()
    .max(longestText)
    .optional()
    .meta({ description: 'List only entries with this action' }),
  target: z.string().max(longestText).optional().meta({
    description: 'List only entries of the key with this id, or of the model of this name',
  }),
  since: instantText.optional().meta({
    format: 'date-time',
    description: 'List only entries from this instant on',
  }),
  until: instantText.optional().meta({
    format: 'date-time',
    description: 'List only entries from before this instant',
  }),
  ...pageQuery(100),
})

const ListedEntry = z
  .object({
    kind,
    id: z.int().meta({ description: 'Counted for models, and for keys and sessions together' }),
    at: instant,
    actor: z.string().meta({
      description: 'Who did it: `cli:` and the name of a user, or `key:` and the id of a key',
    }),
    action: z.string(),
    target: z.string().meta({ description: 'The id of a key, or the name of a model' }),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ description: 'What was done to a key, a session of the web console, or a model' })

export const auditSchemas = {
  answers: {
    ListedEntry,
    FullAuditList: z.object({ audit: z.array(ListedEntry), next_cursor: nextCursor }),
  },
}
