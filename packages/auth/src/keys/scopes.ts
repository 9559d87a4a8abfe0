/**
 * What a key may do. `predict`: fast and slow predictions and batches. `jobs`: see and cancel its own jobs. `admin`:
 * manage all keys.
 */
export const scopes = ['predict', 'jobs', 'admin'] as const

export type Scope = (typeof scopes)[number]

/** The scopes of a key for which none were named. */
export const defaultScopes: readonly Scope[] = ['predict', 'jobs']

export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text)
