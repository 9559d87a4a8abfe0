import { createRequire } from 'node:module'
import { pino } from 'pino'
import type pretty from 'pino-pretty'
import { describeError, isError } from './describe-error.ts'
import { withoutKeys } from './keys-in-text.ts'
import { openStandardError } from './standard-error.ts'
import { type Hide, hideSecrets, withoutCredentials } from './without-secrets.ts'

/** pino's logger under our own name, so that other packages do not depend on the library. */
export type Logger = pino.Logger

type LogFn = (this: Logger, ...args: Parameters<pino.LogFn>) => void

const deepest = 6

/** The content of a line: texts without secrets, and errors as `describeError` describes them. */
const cleaned = (value: unknown, hide: Hide, depth = 0): unknown => {
  if (typeof value === 'string') return hide(value)
  if (isError(value)) return describeError(value, hide)
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value
  if (depth > deepest) return '…'
  if (Array.isArray(value)) return value.map((element) => cleaned(element, hide, depth + 1))
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === 'err' ? describeError(member, hide) : cleaned(member, hide, depth + 1),
  ])
  return Object.fromEntries(members)
}

const cleaning = (hide: Hide) =>
  function log(this: Logger, args: Parameters<pino.LogFn>, method: LogFn) {
    const [first, ...rest] = args as unknown[]
    const object = isError(first) ? { err: first } : first
    const clean = [object, ...rest].map((value) => cleaned(value, hide))
    Reflect.apply(method, this, clean)
  }

/** Removes secrets from the whole line once more, because members of a child logger do not pass `describe` above. */
const ofWholeLine: Hide = (line) =>
  withoutCredentials(line.replace(/[^"\\]+/g, (text) => withoutKeys(text)))

/** Its 38 files are loaded where a person looks: a service starts without them. */
const loadPretty = (): typeof pretty => createRequire(import.meta.url)('pino-pretty')

/**
 * Makes the logger of a process: JSON lines on standard error, or coloured lines where standard error is a terminal.
 * Standard output stays free for data. Secrets are left out of every line: keys, the credentials of URLs, and the given
 * ones. Of an error only type, message, code, stack and causes are written.
 *
 * @param level the lowest level that is written, by pino's names
 * @param name the part of dsapi that logs: `api`, `worker`
 * @param secrets the secrets of this process, as `secretsIn` of `@dsapi/config` finds them
 */
export const createLogger = (
  level: string,
  name: string,
  secrets: readonly string[] = [],
): Logger =>
  pino(
    {
      level,
      name,
      serializers: { err: (described: unknown) => described },
      hooks: { logMethod: cleaning(hideSecrets(secrets)), streamWrite: ofWholeLine },
    },
    process.stderr.isTTY
      ? loadPretty()({
          destination: 2,
          sync: true,
          ignore: 'pid,hostname',
          translateTime: 'SYS:HH:MM:ss',
        })
      : openStandardError(),
  )
