import type { Database, OnError } from '@dsapi/db'
import { createDatabaseDispatcher } from './database-dispatcher.ts'
import type { Dispatcher } from './dispatcher.ts'
import { createRedisDispatcher } from './redis-dispatcher.ts'

/** The dispatcher that the settings ask for: Redis where there is a URL, else the database alone. */
export const createDispatcher = (
  db: Database,
  redisUrl: string | undefined,
  onError: OnError,
  onRedisReconnected: () => void = () => {},
): Dispatcher =>
  redisUrl === undefined
    ? createDatabaseDispatcher(db, onError)
    : createRedisDispatcher(redisUrl, onError, { onReconnected: onRedisReconnected })
