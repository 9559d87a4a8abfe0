import { hasWebhookSecret } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { type AllowedHosts, longestUrl, problemOfUrl } from '@dsapi/webhooks'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { holdsSecret } from '../../http/redact-secrets.ts'
import type { ErrorExample } from '../../openapi/operation.ts'
import type { Parameter } from '../../openapi/parameters.ts'

export type WebhookDeps = { readonly db: Database; readonly webhookHosts: AllowedHosts }

/**
 * Reads the URL that is to be notified of the end of a job: that of the request or, without one, that of the key.
 *
 * @throws ApiError `invalid_request` for a URL to which nothing may be sent, `conflict` when there is no secret
 */
export const webhookFor = async (
  context: Context<Env>,
  deps: WebhookDeps,
): Promise<string | undefined> => {
  const asked = context.req.header('webhook-url')
  const url = asked ?? context.get('key').webhookUrl
  if (url === null) return undefined
  const name = asked === undefined ? 'The webhook URL of the key' : 'Webhook-URL'
  const problem = problemIn(context, url, deps.webhookHosts)
  if (problem !== undefined) throw new ApiError('invalid_request', `${name} ${problem}`)
  await requireSecret(context, deps.db)
  return url
}

/** What is wrong with the URL of a webhook, as the end of a sentence. */
export const problemIn = (
  context: Context<Env>,
  url: string,
  allowed: AllowedHosts,
): string | undefined =>
  holdsSecret(url, context.env.incoming.headers)
    ? 'must not contain an API key or a webhook secret, because it is stored'
    : problemOfUrl(url, allowed)

/** @throws ApiError `conflict` */
export const requireSecret = async (context: Context<Env>, db: Database): Promise<void> => {
  if (await hasWebhookSecret(db, context.get('key').ownerId, Date.now())) return
  throw new ApiError('conflict', noSecret)
}

const noSecret =
  'The key has no webhook secret, so webhooks cannot be signed. An admin can create one with POST /keys/{id}/webhook-secret or dsapi webhooks secret'

export const exampleUrl = 'https://shop.example.com/hooks/dsapi'

/** For a key without a secret. */
export const noSecretExample = (request: Pick<ErrorExample, 'parameters' | 'body'>) =>
  ({ code: 'conflict', name: 'no_webhook_secret', message: noSecret, ...request }) as const

export const webhookUrl: Parameter = {
  name: 'Webhook-URL',
  in: 'header',
  description:
    'Where a signed message is sent when the job has ended. It must begin with `https://` and be on the public internet, unless the operator allows its host with `DSAPI_WEBHOOK_HOSTS`. Without it, the URL of the key is used, if it has one.',
  schema: { type: 'string', maxLength: longestUrl, format: 'uri' },
}
