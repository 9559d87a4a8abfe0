import {
  durationForm,
  keyTextForm,
  keyTextPattern,
  longestName,
  longestNote,
  mostModels,
  parseDuration,
  parseRate,
  rateForm,
  scopes,
} from '@dsapi/auth'
import { isModelName, modelNameForm, modelNamePattern } from '@dsapi/registry'
import { holdsKey } from '@dsapi/telemetry'
import { longestUrl } from '@dsapi/webhooks'
import { z } from 'zod'
import { instant, instantText, nextCursor, pageQuery, uuid } from '../../openapi/common-schemas.ts'

type Form<T> = {
  readonly read: (text: string) => T | undefined
  readonly form: string
  /** For the document; `read` decides. */
  readonly pattern: string
}

/** Text that a function reads as a value, or gives undefined for. */
const readAs = <T>({ read, form, pattern }: Form<T>) =>
  z
    .string()
    .meta({ pattern, description: form.replace(/^an? /, (article) => article.toUpperCase()) })
    .transform((text, context): T => {
      const value = read(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message: `must be ${form}` })
      return z.NEVER
    })

const rate = { read: parseRate, form: rateForm, pattern: '^[1-9]\\d{0,8}/[smhd]$' }
const duration = { read: parseDuration, form: durationForm, pattern: '^[1-9]\\d{0,5}[smhd]$' }

const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(keyTextPattern, `must ${keyTextForm}`)
    .refine((text) => text.isWellFormed(), `must ${keyTextForm}`)
    .refine((text) => !holdsKey(text), 'must not contain an API key, because it is shown in lists')

const modelNames = z
  .array(
    z
      .string()
      .refine(isModelName, `must be the name of a model: ${modelNameForm}`)
      .meta({ pattern: modelNamePattern }),
  )
  .min(1)
  .max(mostModels)
  .meta({ description: 'The models that the key may use. Without it, the key may use all models' })

const maxJobs = z.int().min(1).max(1e9).meta({ description: 'How many jobs of the key may wait' })

export const newKey = z.strictObject({
  name: line(longestName).trim().min(1),
  note: line(longestNote).optional(),
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  models: modelNames.optional(),
  rate: readAs(rate).optional(),
  daily_quota: z.int().min(1).optional(),
  max_jobs: maxJobs.optional(),
  expires_in: readAs(duration).optional(),
})

const webhookUrl = z.string().min(1).max(longestUrl).meta({ format: 'uri' })

const end = z.union([instantText, z.null()])

/** New properties of a key. Null ends a limit. */
export const keyChange = z
  .strictObject({
    name: line(longestName).trim().min(1).optional(),
    note: line(longestNote).optional(),
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .optional()
      .meta({ description: 'Some of the scopes that the key has' }),
    models: modelNames
      .nullable()
      .optional()
      .meta({ description: 'The models that the key may use. `null`: all models' }),
    rate: readAs(rate).nullable().optional(),
    daily_quota: z.int().min(1).nullable().optional(),
    max_jobs: maxJobs.nullable().optional(),
    expires_at: end.optional().meta({ description: 'When the key expires. `null`: never' }),
    webhook_url: webhookUrl.nullable().optional().meta({
      description:
        'Where the ends of jobs are reported, unless a request names another URL. The key needs a webhook secret. `null`: nowhere',
    }),
  })
  .refine((change) => Object.keys(change).length > 0, 'must have at least one member')

export const rotation = z.strictObject({
  grace: readAs(duration).default(parseDuration('24h') ?? 0),
})

/**
 * A window of whole days (UTC) up to today.
 *
 * @param pattern what the document says of such a text
 */
const dayWindow = (usual: string, most: number, pattern: string) =>
  z.object({
    window: z
      .string()
      .meta({ pattern })
      .default(usual)
      .transform((text, context): number => {
        const days = /^[1-9]\d{0,2}d$/.test(text) ? Number.parseInt(text, 10) : Number.NaN
        if (days <= most) return days
        const message = `must be a number of days from 1d to ${most}d`
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      })
      .meta({ description: `A number of days up to today (UTC), from \`1d\` to \`${most}d\`` }),
  })

export const usageQuery = dayWindow('7d', 31, '^(?:[1-9]|[12]\\d|3[01])d$')
export const keyUsageQuery = dayWindow('30d', 400, '^(?:[1-9]\\d?|[1-3]\\d\\d|400)d$')

export const auditQuery = z.object({
  key: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'List only changes of the key with this id' }),
  ...pageQuery(100),
})

const Key = z
  .object({
    id: uuid,
    name: z.string(),
    key: z.string().meta({ description: 'The first and last characters of the key' }),
    state: z.enum(['active', 'disabled', 'expired', 'revoked']),
    scopes: z.array(z.enum(scopes)),
    models: z
      .array(z.string())
      .nullable()
      .meta({ description: 'The models that the key may use. `null`: all models' }),
    rate: z.string().nullable(),
    daily_quota: z.int().nullable(),
    max_jobs: z
      .int()
      .nullable()
      .meta({ description: 'How many jobs may wait. `null`: the limit of the server' }),
    note: z.string(),
    webhook_url: z.string().nullable().meta({
      description: 'Where the ends of jobs are reported, unless a request names another URL',
    }),
    created_by: z.string(),
    created_at: instant.nullable(),
    expires_at: instant.nullable(),
    disabled_at: instant.nullable(),
    revoked_at: instant.nullable(),
    last_used_at: instant
      .nullable()
      .meta({ description: 'When the key was last used, to the minute' }),
    replaced_by: uuid
      .nullable()
      .meta({ description: 'The id of the key that replaced this one by rotation' }),
  })
  .meta({ description: 'An API key, without its secret text' })

const AuditEntry = z.object({
  id: z.int(),
  at: instant,
  actor: z.string().meta({
    description:
      'Who made the change: `cli:` and the name of a user, or `key:` and the id of a key',
  }),
  action: z.enum([
    'create',
    'rotate',
    'disable',
    'enable',
    'revoke',
    'change',
    'rotate_webhook_secret',
    'sign_in',
    'sign_out',
    'session_ended',
  ]),
  key_id: uuid,
  detail: z.record(z.string(), z.unknown()),
})

const SeenByHolder = Key.omit({ note: true })

const OwnKey = SeenByHolder.extend({
  line: z.array(SeenByHolder).meta({
    description:
      'All keys that follow each other by rotation, oldest first, with this one among them. They share jobs and limits.',
  }),
  history: z.array(AuditEntry).meta({
    description: 'The changes of the keys in `line`, newest first, each with its actor',
  }),
}).meta({ description: 'An API key as its owner sees it' })

const KeyUsage = z
  .object({
    id: uuid,
    days: z.array(
      z.object({
        day: z.string().meta({ format: 'date' }),
        requests: z.int().min(0),
        client_errors: z
          .int()
          .min(0)
          .meta({ description: 'Answered with a status from 400 to 499' }),
        server_errors: z.int().min(0),
      }),
    ),
  })
  .meta({
    description: 'Requests of a key by day (UTC), to the minute, without days that had none',
  })

export const keySchemas = {
  requests: { NewKey: newKey, KeyChange: keyChange, Rotation: rotation },
  answers: {
    Key,
    MadeKey: Key.extend({
      key: z.string().meta({ description: 'The secret text of the key. Only this answer has it.' }),
    }),
    OwnKey,
    KeyList: z.object({
      keys: z.array(
        Key.extend({
          used_today: z.int().min(0).meta({
            description:
              'Requests of today (UTC) with this key and the others of its line of rotations, to the minute, or to the second for a key with a daily quota',
          }),
        }),
      ),
    }),
    KeyUsage,
    KeyUsageList: z.object({ usage: z.array(KeyUsage) }),
    AuditEntry,
    AuditList: z.object({
      audit: z.array(AuditEntry),
      next_cursor: nextCursor,
    }),
  },
}
