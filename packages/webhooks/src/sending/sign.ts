import { createHmac } from 'node:crypto'

const secretPrefix = 'whsec_'

type Message = {
  /** The same for all attempts. */
  readonly id: string
  /** Seconds since 1970 (UTC), of this attempt. */
  readonly timestamp: number
  readonly body: string
}

/**
 * Signs a message with one secret or several, of which a receiver needs to know one.
 *
 * Source: Standard Webhooks 1.0.0, "Signature scheme", symmetric.
 *
 * @param secrets as receivers have them: `whsec_` and base64
 * @returns the headers of the message
 */
export const signatureHeaders = (
  { id, timestamp, body }: Message,
  secrets: readonly string[],
): Readonly<Record<string, string>> => {
  const sign = (secret: string) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  }
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map(sign).join(' '),
  }
}
