import { readFile } from 'node:fs/promises'
import pg from 'pg'

/** The whole content of a database as one text, to search for what must not be in it: the bytes of SQLite's files, or
 * every row of every table of PostgreSQL. Empty if there is no database yet. */
export const contentOf = (url: string): Promise<string> => {
  const path = /^sqlite:(.*)$/.exec(url)?.[1]
  return path === undefined ? rowsOf(url) : bytesOf(path)
}

const bytesOf = async (path: string) => {
  const read = (suffix: string) => readFile(path + suffix, 'latin1').catch(() => '')
  return (await read('')) + (await read('-wal'))
}

const rowsOf = async (url: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ content: string }>(`
      select coalesce(string_agg(table_to_xml(oid::regclass, true, false, '')::text, '' order by relname), '') as content
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`)
    return rows[0].content
  } finally {
    await client.end()
  }
}
