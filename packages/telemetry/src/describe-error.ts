import { types } from 'node:util'
import type { Hide } from './without-secrets.ts'

/** All that is logged of an error. Libraries add other members to theirs: what was sent to a server, with the password
 * of its login; the values of a row; a whole configuration. */
export type DescribedError = {
  readonly type: string
  readonly message: string
  readonly code?: string | number
  readonly stack?: string
  readonly cause?: DescribedError
  /** The errors of an AggregateError. */
  readonly errors?: readonly DescribedError[]
}

const longestMessage = 2000
const longestStack = 8000
const longestName = 100
const mostErrors = 5
const deepest = 5

const cut = (text: string, longest: number) =>
  text.length > longest ? `${text.slice(0, longest)}…` : text

/** Hides secrets first and cuts then, because half of a secret would not be found. */
const shorten = (text: string, longest: number, hide: Hide) =>
  cut(hide(text.slice(0, 2 * longest)), longest)

/** A getter of a foreign object may throw. */
const memberOf = (value: object, name: string): unknown => {
  try {
    return Reflect.get(value, name)
  } catch {
    return undefined
  }
}

export const isError = (value: unknown): value is Error =>
  types.isNativeError(value) || value instanceof Error

/** Describes any thrown value, without secrets and cut to a length that suits a log. */
export const describeError = (thrown: unknown, hide: Hide, depth = 0): DescribedError => {
  if (typeof thrown !== 'object' || thrown === null) {
    return { type: typeof thrown, message: shorten(String(thrown), longestMessage, hide) }
  }
  const text = (name: string, longest: number) => {
    const value = memberOf(thrown, name)
    return typeof value === 'string' ? shorten(value, longest, hide) : undefined
  }
  const code = memberOf(thrown, 'code')
  const stack = text('stack', longestStack)
  const cause = memberOf(thrown, 'cause')
  const errors = memberOf(thrown, 'errors')
  const describe = (error: unknown) => describeError(error, hide, depth + 1)
  return {
    type: typeOf(thrown, hide),
    message: text('message', longestMessage) ?? '',
    ...(typeof code === 'string' && { code: shorten(code, longestName, hide) }),
    ...(typeof code === 'number' && { code }),
    ...(stack !== undefined && { stack }),
    ...(isError(cause) && depth < deepest && { cause: describe(cause) }),
    ...(Array.isArray(errors) &&
      depth < deepest && { errors: errors.filter(isError).slice(0, mostErrors).map(describe) }),
  }
}

const typeOf = (thrown: object, hide: Hide) => {
  const maker = memberOf(thrown, 'constructor')
  const name = typeof maker === 'function' ? maker.name : memberOf(thrown, 'name')
  return typeof name === 'string' && name !== '' ? shorten(name, longestName, hide) : 'Error'
}

/** The same for people: the stack of an error and of its causes. */
export const formatError = (thrown: unknown, hide: Hide): string => {
  const lines = (error: DescribedError, prefix: string): string[] => [
    prefix + (error.stack ?? `${error.type}: ${error.message}`),
    ...(error.errors ?? []).flatMap((inner) => lines(inner, 'Error: ')),
    ...(error.cause ? lines(error.cause, 'Caused by: ') : []),
  ]
  return lines(describeError(thrown, hide), '').join('\n')
}
