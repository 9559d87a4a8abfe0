import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { DatabaseSettings } from '../connection/database-settings.ts'
import type { DatabaseWatch } from '../connection/database-watch.ts'
import type { Database } from '../schema.ts'
import { clientConfig } from './client-config.ts'
import { trackSockets } from './track-sockets.ts'

const againAfterMs = 500
/** How often the connection is checked: nothing else would show that it was lost. */
const askEveryMs = 10_000

const settingsOf = new WeakMap<Database, DatabaseSettings>()

/** Records how a connection for listening is made, which is none of those in the pool. */
export const rememberSettings = (db: Database, settings: DatabaseSettings): void => {
  settingsOf.set(db, settings)
}

/** Reports notifications, and once after each time that some may have been missed. */
export const listen = async (
  db: Database,
  channel: string,
  onNotification: () => void,
): Promise<DatabaseWatch> => {
  const settings = settingsOf.get(db)
  if (settings === undefined)
    throw new Error('Listening takes a database that openDatabase has made')
  const stopping = new AbortController()
  const { signal } = stopping
  const sockets = trackSockets()
  let isListening = false

  const listenOnce = async () => {
    const client = new pg.Client({
      ...clientConfig(settings, { isPatient: false }),
      stream: sockets.open,
    })
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
    client.on('notification', onNotification)
    const asking = setInterval(
      () => void client.query('select 1').catch(() => client.end().catch(() => {})),
      askEveryMs,
    )
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      isListening = true
      onNotification()
      await lost
    } finally {
      isListening = false
      clearInterval(asking)
      void client.end().catch(() => {})
    }
  }
  const loop = async () => {
    while (!signal.aborted) {
      await listenOnce().catch(() => {})
      await wait(againAfterMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }
  void loop()
  const stop = () => {
    stopping.abort()
    sockets.closeAll()
  }
  return { works: () => isListening, stop }
}
