import type { Database, OnError } from '@dsapi/db'
import { createDatabaseDispatcher } from './database-dispatcher.ts'
import type { Dispatcher } from './dispatcher.ts'

/**
 * The dispatcher that the settings ask for: Redis where there is a URL, else the database alone. The libraries for
 * Redis are 130 files, which a process without Redis does not load.
 */
export const createDispatcher = async (
  db: Database,
  redisUrl: string | undefined,
  onError: OnError,
  onRedisReconnected: () => void = () => {},
): Promise<Dispatcher> => {
  if (redisUrl === undefined) return createDatabaseDispatcher(db, onError)
  const { createRedisDispatcher } = await import('./redis-dispatcher.ts')
  return createRedisDispatcher(redisUrl, onError, { onReconnected: onRedisReconnected })
}
