import { join } from 'node:path'
import { type PostgresServer, startPostgres } from '@dsapi/testing'

export type Engine = 'sqlite' | 'postgres'

export type FaultyDatabase = {
  readonly url: string
  /** The same for observers, whose connections are not cut. */
  readonly onlookerUrl: string
  readonly postgres: PostgresServer | undefined
  readonly stop: () => Promise<void>
}

/** Makes a database for faults: a file, or one on a server of its own. */
export const startDatabase = async (
  engine: Engine,
  { folder, host }: { readonly folder: string; readonly host: string },
): Promise<FaultyDatabase> => {
  if (engine === 'sqlite') {
    const url = `sqlite:${join(folder, 'faults.sqlite')}`
    return { url, onlookerUrl: url, postgres: undefined, stop: async () => {} }
  }
  const postgres = await startPostgres({ host })
  const onlookerUrl = `${postgres.url}?application_name=onlooker`
  return { url: postgres.url, onlookerUrl, postgres, stop: postgres.stop }
}
