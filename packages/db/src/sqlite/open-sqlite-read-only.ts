import { existsSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely } from 'kysely'
import { DatabaseError } from '../connection/errors.ts'
import type { Database, Schema } from '../schema.ts'
import { isMarked } from './application-id.ts'
import { explainFailure } from './explain-failure.ts'
import { immediateDialect } from './immediate-dialect.ts'
import { anyFile } from './same-file.ts'

/** How long a statement waits for another connection's lock. */
const busyTimeoutMs = 5000

/** Opens a file that is there, and writes nothing to it. */
export const openSqliteReadOnly = (path: string): Database => {
  if (!existsSync(path)) throw new DatabaseError('missing', `There is no database at ${path}.`)
  try {
    const sqlite = new BetterSqlite3(path, { readonly: true, timeout: busyTimeoutMs })
    if (isMarked(sqlite)) {
      return new Kysely<Schema>({ dialect: immediateDialect(sqlite, () => anyFile) })
    }
    sqlite.close()
    throw new DatabaseError('foreign', `${path} is not a database of dsapi.`)
  } catch (error) {
    throw explainFailure(path, error)
  }
}
