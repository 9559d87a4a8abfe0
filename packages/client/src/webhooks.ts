import { type Ask, withQuery } from './ask.ts'
import type { WebhookDelivery, WebhookDeliveryList } from './schemas.ts'
import type { CallOptions } from './send.ts'

/** The messages to the webhooks of the key. */
export type Webhooks = {
  /** Lists deliveries in pages, the newest first. */
  readonly list: (
    options?: CallOptions & {
      readonly state?: WebhookDelivery['state']
      readonly limit?: number
      /** `next_cursor` of the answer before. */
      readonly cursor?: string
    },
  ) => Promise<WebhookDeliveryList>
  /** Sends a message again at once, whatever came of it before. */
  readonly redeliver: (id: string, options?: CallOptions) => Promise<WebhookDelivery>
  /** Sends a test, once. @param url where to; the URL of the key by default */
  readonly test: (options?: CallOptions & { readonly url?: string }) => Promise<WebhookDelivery>
}

export const createWebhooks = ({ get, post }: Ask): Webhooks => {
  const once = { repeatable: false }
  return {
    list: ({ signal, ...query } = {}) =>
      get<WebhookDeliveryList>(withQuery('/webhooks/deliveries', query), { signal }),
    redeliver: (id, options) =>
      post<WebhookDelivery>(`/webhooks/deliveries/${encodeURIComponent(id)}/redeliver`, undefined, {
        ...options,
        ...once,
      }),
    test: ({ url, signal } = {}) =>
      post<WebhookDelivery>('/webhooks/test', url && { url }, { signal, ...once }),
  }
}
