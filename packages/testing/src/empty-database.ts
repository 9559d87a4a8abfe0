import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run is on PostgreSQL: a database of the server that was started for it. */
    postgresUrl: string | undefined
  }
}

/** The engine that the tests run on at this moment; see `on-both-engines.ts`. */
export const engine = (): 'sqlite' | 'postgres' =>
  inject('postgresUrl') === undefined ? 'sqlite' : 'postgres'

/** The URL of a database of a test's own, with nothing in it, on the engine that the tests run on. */
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
