import { loadConfig } from '@dsapi/config'
import { findLastMigration, nameOfDatabase } from '@dsapi/db'
import { withDatabase } from '../../database/with-database.ts'
import { type Json, printJson, say } from '../../terminal/output.ts'

export const migrate = async ({ json }: Json): Promise<void> => {
  const { database } = loadConfig()
  let ran: readonly string[] = []
  const onMigrated = (names: readonly string[]) => {
    ran = names
  }
  const version = await withDatabase(database, findLastMigration, { onMigrated })
  const name = nameOfDatabase(database.url)
  if (json) printJson({ database: name, version, ran })
  if (ran.length === 0) say(`${name} is up to date: ${version}.`)
  else say(`Migrated ${name}: ${ran.join(', ')}.`)
}
