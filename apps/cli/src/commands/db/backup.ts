import { resolve } from 'node:path'
import { loadConfig, workingFolder } from '@dsapi/config'
import { backupSqlite } from '@dsapi/db'
import { CliError } from '../../terminal/cli-error.ts'
import { type Json, printJson, say } from '../../terminal/output.ts'
import { startProgress } from '../../terminal/progress.ts'
import { quoteForShell } from '../../terminal/quote-for-shell.ts'
import { formatSeconds } from './draw-progress.ts'
import { explainingBackup, requireSqlite } from './require-sqlite.ts'

type Options = Json & { readonly force?: true }

export const backup = async (name: string, { force, json }: Options): Promise<void> => {
  const { database } = loadConfig()
  const path = requireSqlite(
    database.url,
    `pg_dump --format=custom --file=${quoteForShell(name)} "$DATABASE_URL"`,
  )
  const file = resolve(workingFolder(), name)
  const progress = startProgress('Backing up')
  using interrupt = abortOnSignal()
  const begun = performance.now()
  const { bytes, version } = await explainingBackup(database.url, () =>
    backupSqlite(path, file, {
      ...(force && { force }),
      signal: interrupt.signal,
      onProgress: ({ bytes, allBytes }) =>
        progress.update(bytes / allBytes, `${megabytes(bytes)} of ${megabytes(allBytes)}`),
    }),
  ).finally(progress.end)
  const seconds = (performance.now() - begun) / 1000
  if (json) printJson({ file, bytes, version, seconds: Number(seconds.toFixed(1)) })
  else {
    say(
      `Backed up ${path} to ${file}: ${megabytes(bytes)} in ${formatSeconds(seconds)}, checked, schema ${version}.`,
    )
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** Aborts on Ctrl-C and SIGTERM, so that no part of a backup is left behind. */
const abortOnSignal = (): Disposable & { readonly signal: AbortSignal } => {
  const controller = new AbortController()
  const abort = () => controller.abort(new CliError('Interrupted. No backup was made.'))
  process.once('SIGINT', abort).once('SIGTERM', abort)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', abort).off('SIGTERM', abort),
  }
}
