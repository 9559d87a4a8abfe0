import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadConfig, postgresUrl, workingFolder } from '@dsapi/config'
import {
  CopyError,
  type CopyResult,
  copyDatabase,
  type DatabaseSettings,
  explainDatabaseFailure,
  isUnwritable,
  nameOfDatabase,
  openDatabase,
  sqlitePath,
} from '@dsapi/db'
import { CliError, UsageError } from '../../terminal/cli-error.ts'
import { messageOf } from '../../terminal/message-of.ts'
import { type Json, say } from '../../terminal/output.ts'
import { reportCopy } from './report-copy.ts'
import { showProgress } from './show-progress.ts'

type Options = Json & { readonly from: string; readonly to?: string }

/** For the longest statement, which deletes rows that the source no longer has. */
const statementTimeoutMs = 120_000

export const copy = async ({ from, to, json }: Options): Promise<void> => {
  const { database } = loadConfig()
  const source = sourceUrl(from)
  const url = targetUrl(to ?? database.url)
  const target: DatabaseSettings = { ...database, url, statementTimeoutMs }
  const names = { from: nameOfDatabase(source), to: nameOfDatabase(url) }
  const begun = performance.now()
  const result = await explained(names, [source, url], () => copyAll(source, target, names))
  reportCopy(result, {
    ...names,
    seconds: (performance.now() - begun) / 1000,
    // SQLite removes this file when the last process closes the database.
    isStillOpen: existsSync(`${sqlitePath(source)}-wal`),
    ...(json && { json }),
  })
}

// Neither message repeats its value, as commander would: the value may hold a password.

const sourceUrl = (from: string) => {
  const path = sqlitePath(from)
  if (path) return `sqlite:${resolve(workingFolder(), path)}`
  throw new UsageError(
    '--from must be a SQLite database: sqlite:PATH, for example sqlite:dsapi.sqlite.',
  )
}

const targetUrl = (to: string) => {
  const url = postgresUrl(to)
  if (url !== undefined) return url
  throw new UsageError(
    'The target must be a PostgreSQL database: DATABASE_URL=postgres://USER@HOST:PORT/NAME or --to postgres://…',
  )
}

type Names = { readonly from: string; readonly to: string }

const copyAll = async (source: string, target: DatabaseSettings, names: Names) => {
  await using from = await openSource(source)
  await using to = await openDatabase(target, { evenUnfinished: true })
  using progress = showProgress(process.stderr)
  using _ = onInterrupt(() => {
    progress.end()
    say('Interrupted. To resume the copy, run the same command again.')
    process.exit(130)
  })
  say(`Copying ${names.from} to ${names.to}. ${names.from} is locked against writes meanwhile.`)
  return await copyDatabase(from, to, { now: Date.now, onProgress: progress.show })
}

/** Handles Ctrl-C until the result is disposed of. */
const onInterrupt = (handle: () => void): Disposable => {
  process.once('SIGINT', handle)
  return { [Symbol.dispose]: () => process.off('SIGINT', handle) }
}

/** Opens the source. Its error messages name `--from`, not DATABASE_URL as those of other commands. */
const openSource = async (url: string) => {
  try {
    return await openDatabase(
      { url },
      { onMigrated: (ran) => say(`Migrated its schema first: ${ran.join(', ')}.`) },
    )
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const complaints: Readonly<Record<string, string>> = {
      missing: 'There is no such file',
      not_a_database: 'It is not a SQLite database',
      foreign: 'It is a database of another program',
    }
    const complaint = complaints[String(code)]
    if (complaint === undefined) throw error
    throw new CliError(
      `Nothing to copy at ${nameOfDatabase(url)}: ${complaint}. --from takes a database that dsapi has created: sqlite:PATH.`,
    )
  }
}

const explained = async (
  names: Names,
  urls: readonly string[],
  copy: () => Promise<CopyResult>,
): Promise<CopyResult> => {
  try {
    return await copy()
  } catch (error) {
    if (error instanceof CopyError) {
      const about = error.code === 'source_in_use' ? names.from : names.to
      throw new CliError(
        `${about} cannot be copied${about === names.to ? ' into' : ''}. ${messageOf(error)}`,
      )
    }
    if (!isUnwritable(error)) {
      // The codes of SQLite and of PostgreSQL differ, so at most one of the two explains the error.
      const known = urls.map((url) => explainDatabaseFailure(url, error))
      throw known.find((failure) => failure !== undefined) ?? error
    }
    throw new CliError(
      `The copy was interrupted: ${messageOf(error)}. To resume it, run the same command again.`,
    )
  }
}
