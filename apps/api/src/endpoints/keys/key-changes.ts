import type { KeyDescription } from '@dsapi/auth'
import { keyIds } from '../../openapi/example-ids.ts'
import { type ErrorExample, json, jsonOf, type Operation } from '../../openapi/operation.ts'
import { active, revoked, wholeKey } from './example-keys.ts'
import { all, keyId, made, shown, unknownKey } from './key-answers.ts'

/** `POST /keys/{id}/rotate`. */
export const rotateKey: Operation = {
  ...all,
  id: 'rotateKey',
  method: 'post',
  path: '/keys/{id}/rotate',
  summary: 'Give a key a successor',
  description:
    'With its name, scopes and limits. Both are accepted until the grace period is over, and what one has made belongs to the other.',
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
    unknownKey,
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

/** A change that needs nothing but the id. */
export const change = ({ id, done, summary, before, after }: Change): Operation => {
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
    errors: [unknownKey, conflict, 'unavailable', 'internal'],
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
