import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** In a run on PostgreSQL: a database of the server that was started for the run. */
    postgresUrl: string | undefined
  }
}

/** The engine of this run; see `on-both-engines.ts`. */
export const engine = (): 'sqlite' | 'postgres' =>
  inject('postgresUrl') === undefined ? 'sqlite' : 'postgres'

/** The URL of an empty database for one test, on the engine of this run. */
export const emptyDatabase = async (): Promise<string> => {
  const server = inject('postgresUrl')
  if (server === undefined) return `sqlite:${join(await temporaryFolder(), 'test.sqlite')}`
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(server)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return server.replace(/[^/]+$/, name)
}
