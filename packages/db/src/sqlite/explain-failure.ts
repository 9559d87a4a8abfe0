import { codeOf, DatabaseError, type DatabaseErrorCode } from '../connection/errors.ts'

type Words = readonly [code: DatabaseErrorCode, says: (path: string, reason: string) => string]

const unusable = (what: string, remedy: string): Words => [
  'unusable',
  (path, reason) => `The database ${path} ${what} (${reason}). ${remedy}`,
]

const notADatabase: Words = [
  'not_a_database',
  (path, reason) =>
    `${path} is not a SQLite database, or is damaged (${reason}). It was left as it is: move it away, restore a backup, or set DATABASE_URL to another file.`,
]

const cannotBeOpened = unusable(
  'cannot be opened for writing',
  'Check that its folder exists and that you may write there, or set DATABASE_URL to another file.',
)

const locked = unusable(
  'is locked by another process',
  'Nothing was changed. Try again, or end what holds it: a backup, a shell of sqlite3.',
)

/** How codes of SQLite begin, and what they mean; the first that fits counts. */
const words: readonly (readonly [begin: string, words: Words])[] = [
  ['SQLITE_NOTADB', notADatabase],
  ['SQLITE_CORRUPT', notADatabase],
  ['SQLITE_FORMAT', notADatabase],
  ['SQLITE_BUSY', locked],
  ['SQLITE_LOCKED', locked],
  ['SQLITE_PROTOCOL', locked],
  [
    'SQLITE_READONLY_DBMOVED',
    unusable('was moved or replaced while it was open', 'Put it back, and start again.'),
  ],
  ['SQLITE_READONLY', cannotBeOpened],
  ['SQLITE_CANTOPEN', cannotBeOpened],
  ['SQLITE_PERM', cannotBeOpened],
  [
    'SQLITE_FULL',
    unusable('cannot be written: the disk is full', 'Free some space, and try again.'),
  ],
  [
    'SQLITE_IOERR',
    unusable(
      'cannot be read or written: the disk does not do it',
      'Look at the disk: it may be full, faulty or gone.',
    ),
  ],
  ['SQLITE_NOMEM', unusable('needs more memory than there is', 'Free some memory, and try again.')],
]

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Explains in words what SQLite found wrong with the file at `path`; undefined where our own statement is at fault. */
export const explainSqliteError = (path: string, error: unknown): DatabaseError | undefined => {
  const code = codeOf(error)
  const found = words.find(([begin]) => code.startsWith(begin))
  if (found === undefined) return undefined
  const [, [kind, says]] = found
  return new DatabaseError(kind, says(path, reasonOf(error)), { cause: error })
}

/** The same when the file is opened, where whatever goes wrong is about the file. */
export const explainFailure = (path: string, error: unknown): DatabaseError => {
  if (error instanceof DatabaseError) return error
  const [kind, says] = cannotBeOpened
  return (
    explainSqliteError(path, error) ??
    new DatabaseError(kind, says(path, reasonOf(error)), { cause: error })
  )
}
