import { pino } from 'pino'
import pretty from 'pino-pretty'
import { describeError, isError } from './describe-error.ts'
import { withoutKeys } from './keys-in-text.ts'
import { openStandardError } from './standard-error.ts'
import { type Hide, hideSecrets, withoutCredentials } from './without-secrets.ts'

/** pino's logger, under a name of our own so that nobody else needs to know the library. */
export type Logger = pino.Logger

type LogFn = (this: Logger, ...args: Parameters<pino.LogFn>) => void

const deepest = 6

/** What is said in a line: its texts without secrets, its errors as `describeError` has them. */
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
    method.apply(this, clean as unknown as Parameters<pino.LogFn>)
  }

/** Once more over the whole line, for what came in by another way, such as the members of a child. */
const ofWholeLine: Hide = (line) =>
  withoutCredentials(line.replace(/[^"\\]+/g, (text) => withoutKeys(text)))

/**
 * A logger for one process: JSON lines on standard error, or coloured lines for a person where
 * standard error is a terminal. Standard output stays free for data. Secrets are left out of every line: keys, the
 * credentials of URLs, and those that are named; of an error only its type, message, code, stack and causes are written.
 *
 * @param level the least severe level that is written, as pino names them
 * @param name the part of dsapi that speaks: `api`, `worker`
 * @param secrets those of this process, as `secretsIn` of `@dsapi/config` finds them
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
      ? pretty({
          destination: 2,
          sync: true,
          ignore: 'pid,hostname',
          translateTime: 'SYS:HH:MM:ss',
        })
      : openStandardError(),
  )
