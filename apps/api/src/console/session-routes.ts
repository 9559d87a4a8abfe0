import { endSession, type FoundSession, listSessions } from '@dsapi/auth'
import type { Context, Handler } from 'hono'
import type { AppDeps, ConsoleDeps } from '../app-deps.ts'
import type { Env } from '../http/env.ts'
import { ApiError } from '../http/errors.ts'
import { describeSession, describeSignedIn } from './describe-session.ts'
import { noSession } from './guard-console.ts'
import { openConsoleSession } from './open-console-session.ts'
import { clearedCookies } from './session-cookie.ts'

type Routes = Readonly<Record<string, Readonly<Record<string, Handler<Env>>>>>

/** The methods of the paths by which a browser signs in and out, and admins see who is signed in. */
export const sessionRoutes = (deps: AppDeps, console: ConsoleDeps): Routes => {
  const { db } = deps

  const required = async (context: Context<Env>): Promise<FoundSession> => {
    const found = await console.signedIn.find(context.env.incoming)
    if (found === undefined) throw noSession()
    return found
  }

  /** As for keys: one that is bound to models must not manage what has all rights. */
  const requiredAdmin = async (context: Context<Env>) => {
    const found = await required(context)
    const { scopes, models } = found.key
    if (!scopes.includes('admin'))
      throw new ApiError('forbidden', 'This session lacks the scope admin')
    if (models === null) return found
    throw new ApiError('forbidden', 'The key of this session is bound to models')
  }

  /**
   * With `optional=true`, no session is an answer like any other: the page asks before anybody has signed in, and browsers
   * report each 401 as an error.
   */
  const show: Handler<Env> = async (context) => {
    const found = await console.signedIn.find(context.env.incoming)
    if (found !== undefined) return context.json(describeSignedIn(found))
    if (context.req.query('optional') === 'true') return context.body(null, 204)
    throw noSession()
  }

  const signOut: Handler<Env> = async (context) => {
    const found = await console.signedIn.find(context.env.incoming)
    if (found !== undefined) await endSession(db, found.session.id, 'sign_out', byOf(found))
    for (const cookie of clearedCookies(context.env.incoming))
      context.header('set-cookie', cookie, { append: true })
    context.header('clear-site-data', '"cache"')
    return context.body(null, 204)
  }

  const list: Handler<Env> = async (context) => {
    const { session: own } = await requiredAdmin(context)
    const sessions = await listSessions(db, Date.now())
    const nameOf = ({ keyId, createdBy }: FoundSession['session']) =>
      (keyId === null ? undefined : console.nameOfKey(keyId)) ?? createdBy
    return context.json({
      sessions: sessions.map((session) =>
        describeSession(session, nameOf(session), session.id === own.id),
      ),
    })
  }

  const end: Handler<Env> = async (context) => {
    const found = await requiredAdmin(context)
    const id = context.req.path.split('/').at(-1) ?? ''
    if (await endSession(db, id, 'session_ended', byOf(found))) return context.body(null, 204)
    throw new ApiError('not_found', 'There is no session with this id')
  }

  return {
    '/console/session': { GET: show, POST: openConsoleSession(deps, console), DELETE: signOut },
    '/console/sessions': { GET: list },
    '/console/sessions/:id': { DELETE: end },
  }
}

/** Who ends a session: the actor that opened the one in which it is done. */
const byOf = ({ session }: FoundSession) =>
  ({ actor: session.createdBy, now: Date.now(), session: session.id }) as const
