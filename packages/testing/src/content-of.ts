import { readFile } from 'node:fs/promises'
import pg from 'pg'

/** All that a database holds as one text, to look for what must not be in it: the bytes of SQLite's files, or every
 * row of every table of PostgreSQL. */
export const contentOf = (url: string): Promise<string> => {
  const path = /^sqlite:(.*)$/.exec(url)?.[1]
  return path === undefined ? rowsOf(url) : bytesOf(path)
}

const bytesOf = async (path: string) => {
  const files = await Promise.all(['', '-wal'].map((suffix) => readFile(path + suffix)))
  return Buffer.concat(files).toString('latin1')
}

const rowsOf = async (url: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ content: string }>(
      "select coalesce(database_to_xml(true, false, '')::text, '') as content",
    )
    return rows[0].content
  } finally {
    await client.end()
  }
}
