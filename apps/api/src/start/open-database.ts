import type { Config } from '@dsapi/config'
import { type Database, openDatabase, reportOutages } from '@dsapi/db'
import type { Logger } from '@dsapi/telemetry'

type OpenedDatabase = { readonly db: Database; readonly onError: (error: unknown) => void }

/** Opens the database of the API, and logs when it becomes unreachable and when it is reconnected. */
export const openApiDatabase = async (config: Config, logger: Logger): Promise<OpenedDatabase> => {
  const db = await openDatabase(config.database)
  const onError = reportOutages(db, {
    onUnreachable: (err) =>
      logger.warn(
        { err },
        'The database is unreachable: requests are answered 503 until it answers again',
      ),
    onReconnected: (unreachableMs) =>
      logger.info({ unreachableMs: Math.round(unreachableMs) }, 'The database answers again'),
    onError: (err) => logger.warn({ err }),
  })
  return { db, onError }
}
