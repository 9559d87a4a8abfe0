import { randomUUID } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** In a run on PostgreSQL: a database of the server that was started for the run. */
    postgresUrl: string | undefined
    /** The database that has the schema and no row: in a run on SQLite its file, on PostgreSQL its name. */
    schemaTemplate: string
  }
}

/** The engine of this run; see `on-both-engines.ts`. */
export const engine = (): 'sqlite' | 'postgres' =>
  inject('postgresUrl') === undefined ? 'sqlite' : 'postgres'

/**
 * The URL of a database for one test, on the engine of this run. It has the schema and no row: it is a copy, which takes
 * a fraction of the time of all migrations.
 */
export const emptyDatabase = async (): Promise<string> => {
  const template = inject('schemaTemplate')
  const server = inject('postgresUrl')
  if (server !== undefined) return createDatabase(server, `template ${template} strategy file_copy`)
  const file = await newFile()
  await copyFile(template, file)
  return `sqlite:${file}`
}

/** The same without the schema: on SQLite there is no file yet. */
export const blankDatabase = async (): Promise<string> => {
  const server = inject('postgresUrl')
  return server === undefined ? `sqlite:${await newFile()}` : createDatabase(server)
}

const newFile = async () => join(await temporaryFolder(), 'test.sqlite')

const createDatabase = async (server: string, options = '') => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(server)
  await client.connect()
  await client.query(`create database ${name} ${options}`)
  await client.end()
  return server.replace(/[^/]+$/, name)
}
