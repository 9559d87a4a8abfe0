import type { AuditEntry, KeyDescription } from '@dsapi/auth'
import { keyIds } from '../example-ids.ts'
import { type ErrorExample, json, jsonOf, type Operation } from '../operation.ts'
import { idParameter, queryParameters } from '../parameters.ts'
import { auditQuery } from '../schemas/keys.ts'

const active: KeyDescription = {
  id: keyIds.active,
  name: 'a shop',
  key: 'dsapi_pD8k…w9F1',
  state: 'active',
  scopes: ['predict', 'jobs'],
  rate: '100/s',
  daily_quota: null,
  note: '',
  created_by: 'cli:me',
  created_at: '2026-11-23T21:00:00.000Z',
  expires_at: null,
  disabled_at: null,
  revoked_at: null,
  last_used_at: null,
  replaced_by: null,
}

const disabled: KeyDescription = {
  ...active,
  id: keyIds.disabled,
  name: 'another shop',
  state: 'disabled',
  disabled_at: '2026-11-23T21:30:00.000Z',
}

const revoked: KeyDescription = {
  ...active,
  id: keyIds.revoked,
  name: 'a shop that closed',
  state: 'revoked',
  revoked_at: '2026-11-23T21:30:00.000Z',
}

/** The keys that the examples speak of, as they are before each. */
export const exampleKeys = [active, disabled, revoked]

const created: AuditEntry = {
  id: 1,
  at: '2026-11-23T21:00:00.000Z',
  actor: 'cli:me',
  action: 'create',
  key_id: keyIds.active,
  detail: { name: 'a shop', scopes: 'predict jobs' },
}

const unknown: ErrorExample = {
  code: 'not_found',
  message: 'There is no key with this id',
  parameters: { id: keyIds.unknown },
}

const wholeKey = 'dsapi_pD8khFj1oHVtFer47cMNwYz5o8vAqymn4Rw9F1'
const keyId = idParameter('The id of the key, not the key itself')
const made = {
  description: 'The key, shown this once',
  headers: ['Location', 'Cache-Control'],
  content: jsonOf('MadeKey'),
} as const
const shown = {
  description: 'The key',
  headers: ['Cache-Control'],
  content: jsonOf('Key'),
} as const

const all = {
  method: 'get',
  tag: 'Keys',
  scope: 'admin',
} as const

/** The administration of keys. */
export const keyOperations = (): readonly Operation[] => [
  listKeys,
  createKey,
  readAudit,
  getKey,
  rotateKey,
  change({
    id: 'disableKey',
    done: 'disabled',
    summary: 'Shut a key out until it is enabled',
    before: active,
    after: { state: 'disabled', disabled_at: '2026-11-23T21:33:14.659Z' },
  }),
  change({
    id: 'enableKey',
    done: 'enabled',
    summary: 'Let a disabled key in again',
    before: disabled,
    after: { state: 'active', disabled_at: null },
  }),
  change({
    id: 'revokeKey',
    done: 'revoked',
    summary: 'Revoke a key for good',
    before: active,
    after: { state: 'revoked', revoked_at: '2026-11-23T21:33:14.659Z' },
  }),
]

const listKeys: Operation = {
  ...all,
  id: 'listKeys',
  path: '/keys',
  summary: 'List all keys',
  description: 'The oldest first.',
  answers: { 200: { ...shown, description: 'All keys', content: jsonOf('KeyList') } },
  errors: ['internal'],
  examples: [{ name: 'all', status: 200, answer: { type: json, value: { keys: exampleKeys } } }],
}

const createKey: Operation = {
  ...all,
  id: 'createKey',
  method: 'post',
  path: '/keys',
  summary: 'Make a key',
  body: { required: true, content: jsonOf('NewKey') },
  answers: { 201: made },
  errors: [
    {
      code: 'invalid_body',
      message: 'Invalid request body',
      detail: [
        {
          field: 'expires_in',
          message: 'must be a span of time such as 90d, 24h, 30m or 45s',
        },
      ],
      body: { type: json, value: { name: 'a shop', expires_in: 'soon' } },
    },
    'body_too_large',
    'request_timeout',
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'limited',
      body: { type: json, value: { name: 'a shop', rate: '100/s', expires_in: '90d' } },
      status: 201,
      answer: {
        type: json,
        value: {
          ...active,
          key: wholeKey,
          created_by: `key:${keyIds.disabled}`,
          expires_at: '2027-02-21T21:00:00.000Z',
        },
      },
    },
    {
      name: 'admin',
      body: {
        type: json,
        value: { name: 'an admin', note: 'for the door', scopes: ['admin'], daily_quota: 1000 },
      },
      status: 201,
      answer: {
        type: json,
        value: {
          ...active,
          name: 'an admin',
          key: wholeKey,
          scopes: ['admin'],
          rate: null,
          daily_quota: 1000,
          note: 'for the door',
          created_by: `key:${keyIds.disabled}`,
        },
      },
    },
  ],
}

const readAudit: Operation = {
  ...all,
  id: 'readAudit',
  path: '/keys/audit',
  summary: 'See who did what to keys',
  description: 'The newest first.',
  parameters: queryParameters(auditQuery),
  answers: { 200: { ...shown, description: 'What was done', content: jsonOf('AuditList') } },
  errors: [
    {
      code: 'invalid_body',
      message: 'Invalid request body',
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
}

/** What was written down about the keys that the examples speak of. */
export const exampleAudit = created

const getKey: Operation = {
  ...all,
  id: 'getKey',
  path: '/keys/{id}',
  summary: 'See a key',
  parameters: [keyId],
  answers: { 200: shown },
  errors: [unknown, 'internal'],
  examples: exampleKeys.map((key) => ({
    name: key.state,
    parameters: { id: key.id },
    status: 200,
    answer: { type: json, value: key },
  })),
}

const rotateKey: Operation = {
  ...all,
  id: 'rotateKey',
  method: 'post',
  path: '/keys/{id}/rotate',
  summary: 'Give a key a successor',
  description:
    'With its name, scopes and limits. Both open the door until the grace is over, and what one has made belongs to the other.',
  parameters: [keyId],
  body: { required: false, content: jsonOf('Rotation') },
  answers: { 201: made },
  errors: [
    {
      code: 'invalid_body',
      message: 'Invalid request body',
      detail: [{ field: 'grace', message: 'must be a span of time such as 90d, 24h, 30m or 45s' }],
      parameters: { id: keyIds.active },
      body: { type: json, value: { grace: 'a while' } },
    },
    unknown,
    {
      code: 'conflict',
      message: `The key ${keyIds.revoked} cannot be rotated: it is revoked`,
      parameters: { id: keyIds.revoked },
    },
    'body_too_large',
    'request_timeout',
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'an_hour',
      parameters: { id: keyIds.active },
      body: { type: json, value: { grace: '1h' } },
      status: 201,
      answer: {
        type: json,
        value: { ...active, key: wholeKey, created_by: `key:${keyIds.disabled}` },
      },
    },
  ],
}

type Change = {
  readonly id: string
  readonly done: string
  readonly summary: string
  readonly before: KeyDescription
  readonly after: Partial<KeyDescription>
}

const change = ({ id, done, summary, before, after }: Change): Operation => {
  const conflict: ErrorExample = {
    code: 'conflict',
    message: `The key ${revoked.id} cannot be ${done}: it is revoked`,
    parameters: { id: revoked.id },
  }
  return {
    ...all,
    id,
    method: 'post',
    path: `/keys/{id}/${id.replace('Key', '')}`,
    summary,
    parameters: [keyId],
    answers: { 200: shown },
    errors: [unknown, conflict, 'unavailable', 'internal'],
    examples: [
      {
        name: done,
        parameters: { id: before.id },
        status: 200,
        answer: { type: json, value: { ...before, ...after } },
      },
    ],
  }
}
