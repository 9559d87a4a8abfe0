/**
 * What a key may be allowed to do: `predict` asks for predictions, fast and slow; `jobs` looks at and
 * cancels its own jobs; `admin` manages all keys.
 */
export const scopes = ['predict', 'jobs', 'admin'] as const

export type Scope = (typeof scopes)[number]

/** What a key may do when nothing else was asked for. */
export const defaultScopes: readonly Scope[] = ['predict', 'jobs']

export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text)
