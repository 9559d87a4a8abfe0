import { keyIds } from '../../openapi/example-ids.ts'
import { json, jsonOf, type Operation } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import { active, created, disabled, exampleKeys, rotatedOwnKey, wholeKey } from './example-keys.ts'
import { all, keyId, made, shown, unknownKey } from './key-answers.ts'
import { change, rotateKey } from './key-changes.ts'
import { auditQuery } from './key-schemas.ts'

/** The administration of keys. */
export const keyOperations = (): readonly Operation[] => [
  listKeys,
  createKey,
  readAudit,
  getOwnKey,
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
        value: { name: 'an admin', note: 'for the office', scopes: ['admin'], daily_quota: 1000 },
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
          note: 'for the office',
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
  description: 'The newest first, in pages.',
  parameters: queryParameters(auditQuery),
  answers: { 200: { ...shown, description: 'What was done', content: jsonOf('AuditList') } },
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
}

const getOwnKey: Operation = {
  ...all,
  scope: 'any',
  id: 'getOwnKey',
  path: '/keys/self',
  summary: 'Get the key of the request',
  description:
    'Its holder sees each key that a rotation has put in its place, which reads the same jobs, and who has made it.',
  answers: { 200: { ...shown, content: jsonOf('OwnKey') } },
  errors: ['internal'],
  examples: [{ name: 'rotated', status: 200, answer: { type: json, value: rotatedOwnKey } }],
}

const getKey: Operation = {
  ...all,
  id: 'getKey',
  path: '/keys/{id}',
  summary: 'See a key',
  parameters: [keyId],
  answers: { 200: shown },
  errors: [unknownKey, 'internal'],
  examples: exampleKeys.map((key) => ({
    name: key.state,
    parameters: { id: key.id },
    status: 200,
    answer: { type: json, value: key },
  })),
}
