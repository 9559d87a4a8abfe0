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

/** For the longest statement, which deletes what a source no longer has. */
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

// Neither repeats what it was given, as commander would: a password may be in it.

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
    'Where to? Name a PostgreSQL database: DATABASE_URL=postgres://USER@HOST:PORT/NAME or --to postgres://…',
  )
}

type Names = { readonly from: string; readonly to: string }

const copyAll = async (source: string, target: DatabaseSettings, names: Names) => {
  const from = await openSource(source)
  try {
    const to = await openDatabase(target, { evenUnfinished: true })
    const progress = showProgress(process.stderr)
    const stop = () => {
      progress.end()
      say('Broken off. To go on, give the same command again.')
      process.exit(130)
    }
    process.once('SIGINT', stop)
    try {
      say(`Copying ${names.from} to ${names.to}. Nobody can write to ${names.from} meanwhile.`)
      return await copyDatabase(from, to, { now: Date.now, onProgress: progress.show })
    } finally {
      process.off('SIGINT', stop)
      progress.end()
      await to.destroy()
    }
  } finally {
    await from.destroy()
  }
}

/** What the messages of other commands say of DATABASE_URL is not meant for `--from`. */
const openSource = async (url: string) => {
  try {
    return await openDatabase(
      { url },
      { onMigrated: (ran) => say(`Brought its schema up to date first: ${ran.join(', ')}.`) },
    )
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const complaints: Readonly<Record<string, string>> = {
      missing: 'There is no such file',
      not_a_database: 'It is no SQLite database',
      foreign: 'It is a database of another program',
    }
    const complaint = complaints[String(code)]
    if (complaint === undefined) throw error
    throw new CliError(
      `Nothing to copy at ${nameOfDatabase(url)}: ${complaint}. --from takes the file that dsapi has made, sqlite:PATH.`,
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
      // Codes of SQLite and of PostgreSQL differ, so one of the two at most knows the error.
      const known = urls.map((url) => explainDatabaseFailure(url, error))
      throw known.find((failure) => failure !== undefined) ?? error
    }
    throw new CliError(
      `The copy was broken off: ${messageOf(error)}. To go on, give the same command again.`,
    )
  }
}
