import { pino } from 'pino'
import pretty from 'pino-pretty'

/** pino's logger, under a name of our own so that nobody else needs to know the library. */
export type Logger = pino.Logger

/**
 * A logger for one process: JSON lines on standard error, or coloured lines for a person where
 * standard error is a terminal. Standard output stays free for data.
 *
 * @param level the least severe level that is written, as pino names them
 * @param name the part of dsapi that speaks: `api`, `worker`
 */
export const createLogger = (level: string, name: string): Logger =>
  pino(
    { level, name },
    process.stderr.isTTY
      ? pretty({
          destination: 2,
          sync: true,
          ignore: 'pid,hostname',
          translateTime: 'SYS:HH:MM:ss',
        })
      : pino.destination({ dest: 2, sync: false }),
  )
