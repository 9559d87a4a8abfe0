import { resolve } from 'node:path'
import { loadConfig, workingFolder } from '@dsapi/config'
import { restoreSqlite } from '@dsapi/db'
import { type Json, printJson, say } from '../../terminal/output.ts'
import { quoteForShell } from '../../terminal/quote-for-shell.ts'
import { explainingBackup, requireSqlite } from './require-sqlite.ts'

export const restore = async (name: string, { json }: Json): Promise<void> => {
  const { database } = loadConfig()
  const path = requireSqlite(
    database.url,
    `createdb dsapi_restored && pg_restore --no-owner --dbname=dsapi_restored ${quoteForShell(name)}`,
  )
  const file = resolve(workingFolder(), name)
  const { version, isOlder, kept } = await explainingBackup(database.url, () =>
    restoreSqlite(path, file, { now: Date.now() }),
  )
  if (json) {
    printJson({ database: path, file, version, older: isOlder, kept: kept ?? null })
    return
  }
  say(`Restored ${path} from ${file}, schema ${version}.`)
  if (isOlder) say('Its schema is older than this version of dsapi: the next start migrates it.')
  if (kept !== undefined)
    say(`The database of before is ${kept}. Delete it when you no longer need it.`)
  say('Now start the servers and workers. Jobs that were running at the backup are run again.')
}
