import { pino } from 'pino'
import pretty from 'pino-pretty'

/** pino's logger, under a name of our own so that nobody else needs to know the library. */
export type Logger = pino.Logger

/** What `@dsapi/auth` documents as the form of a key, wherever it stands in a line. */
const keys = /dsapi_[0-9A-Za-z]{38}/g

/** A key may come in where nobody expects one: in a path, in an error's message. */
export const withoutKeys = (line: string): string => line.replace(keys, 'dsapi_…')

/**
 * A logger for one process: JSON lines on standard error, or coloured lines for a person where
 * standard error is a terminal. Standard output stays free for data. Keys are left out of every line.
 *
 * @param level the least severe level that is written, as pino names them
 * @param name the part of dsapi that speaks: `api`, `worker`
 */
export const createLogger = (level: string, name: string): Logger =>
  pino(
    { level, name, hooks: { streamWrite: withoutKeys } },
    process.stderr.isTTY
      ? pretty({
          destination: 2,
          sync: true,
          ignore: 'pid,hostname',
          translateTime: 'SYS:HH:MM:ss',
        })
      : pino.destination({ dest: 2, sync: false }),
  )
