import {
  describeKey,
  disableKey as disable,
  enableKey as enable,
  type KeyDescription,
  revokeKey as revoke,
} from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, type ErrorExample, json } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { active, disabled, revoked } from './example-keys.ts'
import { forAllModels } from './for-all-models.ts'
import { keyId, shown, tag, unknownKey } from './key-answers.ts'
import { actorOf, idOf } from './key-request.ts'

type Change = {
  readonly verb: 'disable' | 'enable' | 'revoke'
  readonly change: typeof disable
  readonly summary: string
  readonly before: KeyDescription
  readonly after: Partial<KeyDescription>
}

const handle =
  (change: Change['change']) =>
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const key = await change(db, idOf(context), actorOf(context))
    return context.json(describeKey(key, Date.now()))
  }

const describe = ({ verb, summary, before, after }: Change): Description => {
  const conflict: ErrorExample = {
    code: 'conflict',
    message: `The key ${revoked.id} cannot be ${verb}d: it is revoked`,
    parameters: { id: revoked.id },
  }
  return {
    tag,
    summary,
    parameters: [keyId],
    answers: { 200: shown },
    errors: [unknownKey, conflict, 'unavailable', 'internal'],
    examples: [
      {
        name: `${verb}d`,
        parameters: { id: before.id },
        status: 200,
        answer: { type: json, value: { ...before, ...after } },
      },
    ],
  }
}

/** A change that needs nothing but the id: `POST /keys/{id}/…`. */
const changeEndpoint = (change: Change): Endpoint => ({
  id: `${change.verb}Key`,
  method: 'post',
  path: `/keys/:id/${change.verb}`,
  access: 'admin',
  handle: (deps) => forAllModels(handle(change.change)(deps)),
  describe: () => describe(change),
})

export const disableKey: Endpoint = changeEndpoint({
  verb: 'disable',
  change: disable,
  summary: 'Disable an API key',
  before: active,
  after: { state: 'disabled', disabled_at: '2026-11-23T21:33:14.659Z' },
})

export const enableKey: Endpoint = changeEndpoint({
  verb: 'enable',
  change: enable,
  summary: 'Enable an API key',
  before: disabled,
  after: { state: 'active', disabled_at: null },
})

export const revokeKey: Endpoint = changeEndpoint({
  verb: 'revoke',
  change: revoke,
  summary: 'Revoke an API key',
  before: active,
  after: { state: 'revoked', revoked_at: '2026-11-23T21:33:14.659Z' },
})
