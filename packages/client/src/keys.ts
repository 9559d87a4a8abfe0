import { type Ask, withQuery } from './ask.ts'
import type {
  AuditEntry,
  AuditList,
  Key,
  KeyChange,
  KeyList,
  KeyUsage,
  KeyUsageList,
  MadeKey,
  NewKey,
  OwnKey,
  WebhookSecret,
} from './schemas.ts'
import type { CallOptions } from './send.ts'

/** Manages keys. Requires the scope `admin`, except `self`. */
export type Keys = {
  /** Makes a key. Only this answer contains the key itself, as `key`. */
  readonly create: (key: NewKey, options?: CallOptions) => Promise<MadeKey>
  /** Lists all keys, the oldest first. */
  readonly list: (options?: CallOptions) => Promise<readonly Key[]>
  readonly get: (id: string, options?: CallOptions) => Promise<Key>
  /** The key of this client, with all keys of its line of rotations and every change to them. */
  readonly self: (options?: CallOptions) => Promise<OwnKey>
  /** Rotates a key. @param grace how long both keys are valid; `24h` by default */
  readonly rotate: (
    id: string,
    options?: CallOptions & { readonly grace?: string },
  ) => Promise<MadeKey>
  /** Changes the properties that are given. `null` removes a limit. */
  readonly set: (id: string, change: KeyChange, options?: CallOptions) => Promise<Key>
  /** Counts the requests of all keys by day. @param window a number of days up to today, such as `7d`, which is the default */
  readonly usage: (
    options?: CallOptions & { readonly window?: string },
  ) => Promise<readonly KeyUsage[]>
  /** Counts the requests of a key by day. @param window a number of days up to today; `30d` by default */
  readonly usageOf: (
    id: string,
    options?: CallOptions & { readonly window?: string },
  ) => Promise<KeyUsage>
  /** Disables a key until it is enabled. */
  readonly disable: (id: string, options?: CallOptions) => Promise<Key>
  readonly enable: (id: string, options?: CallOptions) => Promise<Key>
  /** Revokes a key for good. */
  readonly revoke: (id: string, options?: CallOptions) => Promise<Key>
  /** Makes a new secret that signs webhooks. Only this answer contains it. For 24 hours, the one before signs too. */
  readonly rotateWebhookSecret: (id: string, options?: CallOptions) => Promise<WebhookSecret>
  /**
   * Lists changes to keys, the newest first.
   *
   * @param key only changes to the key with this id
   * @param cursor only entries older than the one with this id, the last one of the answer before
   */
  readonly audit: (
    options?: CallOptions & {
      readonly key?: string
      readonly limit?: number
      readonly cursor?: string
    },
  ) => Promise<readonly AuditEntry[]>
}

export const createKeys = ({ get, post, patch }: Ask): Keys => {
  const pathOf = (id: string, change?: string) =>
    `/keys/${encodeURIComponent(id)}${change === undefined ? '' : `/${change}`}`
  const once = { repeatable: false }
  const change =
    (name: string) =>
    (id: string, options: CallOptions = {}) =>
      post<Key>(pathOf(id, name), undefined, { ...options, ...once })

  return {
    create: (key, options) => post<MadeKey>('/keys', key, { ...options, ...once }),
    list: async (options) => (await get<KeyList>('/keys', options)).keys,
    get: (id, options) => get<Key>(pathOf(id), options),
    self: (options) => get<OwnKey>('/keys/self', options),
    rotate: (id, { grace, signal } = {}) =>
      post<MadeKey>(pathOf(id, 'rotate'), grace && { grace }, { signal, ...once }),
    set: (id, properties, options) => patch<Key>(pathOf(id), properties, options),
    usage: async ({ window, signal } = {}) =>
      (await get<KeyUsageList>(withQuery('/keys/usage', { window }), { signal })).usage,
    usageOf: (id, { window, signal } = {}) =>
      get<KeyUsage>(withQuery(pathOf(id, 'usage'), { window }), { signal }),
    disable: change('disable'),
    enable: change('enable'),
    revoke: change('revoke'),
    rotateWebhookSecret: (id, options) =>
      post<WebhookSecret>(pathOf(id, 'webhook-secret'), undefined, { ...options, ...once }),
    audit: async ({ key, limit, cursor, signal } = {}) =>
      (await get<AuditList>(withQuery('/keys/audit', { key, limit, cursor }), { signal })).audit,
  }
}
