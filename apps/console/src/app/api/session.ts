import { signal } from '@preact/signals'
import { problemOf } from './problem.ts'
import { ask, onSessionEnded } from './request.ts'

export type Scope = 'predict' | 'jobs' | 'admin'

/** Who is signed in. */
export type Session = {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly key_id: string | null
  readonly expires_at: string
}

type SignedIn =
  | { readonly state: 'unknown' }
  | { readonly state: 'signed-out'; readonly reason?: string }
  | { readonly state: 'signed-in'; readonly session: Session }
  /** It was signed in until now; the page stays below the form. */
  | { readonly state: 'ended'; readonly session: Session }

export const signedIn = signal<SignedIn>({ state: 'unknown' })

onSessionEnded(() => {
  const now = signedIn.value
  if (now.state === 'signed-in') signedIn.value = { state: 'ended', session: now.session }
})

/** Looks whether this browser has a session. */
export const loadSession = async (): Promise<void> => {
  try {
    const session = await ask<Session | undefined>('/session?optional=true')
    signedIn.value = session ? { state: 'signed-in', session } : { state: 'signed-out' }
  } catch (error) {
    signedIn.value = { state: 'signed-out', reason: problemOf(error).message }
  }
}

/** @throws Problem if the key or the code is refused */
export const signIn = async (by: { key: string } | { code: string }): Promise<void> => {
  const session = await ask<Session>('/session', { method: 'POST', body: by })
  signedIn.value = { state: 'signed-in', session }
}

export const signOut = async (): Promise<void> => {
  await ask('/session', { method: 'DELETE' })
  signedIn.value = { state: 'signed-out' }
}

/** The scopes of the one who is signed in. */
export const scopesNow = (): readonly Scope[] => {
  const now = signedIn.value
  return 'session' in now ? now.session.scopes : []
}

export const hasScope = (scope: Scope): boolean => scopesNow().includes(scope)
