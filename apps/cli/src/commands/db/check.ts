import { loadConfig } from '@dsapi/config'
import {
  checkDatabase,
  type Database,
  explainDatabaseFailure,
  type Fault,
  nameOfDatabase,
  openReadOnly,
} from '@dsapi/db'
import { findExpired, type OverdueKind, type RetentionDays } from '@dsapi/retention'
import { ReportedError } from '../../terminal/cli-error.ts'
import { type Json, print, printable, printJson, say } from '../../terminal/output.ts'

/** How many names of each fault are listed. */
const listed = 5

export const check = async ({ json }: Json): Promise<void> => {
  const config = loadConfig()
  const { url } = config.database
  const name = nameOfDatabase(url)
  const faults = await findFaults(config).catch((error: unknown) => {
    throw explainDatabaseFailure(url, error) ?? error
  })
  if (json) printJson({ database: name, ok: faults.length === 0, faults })
  else for (const fault of faults) print(describe(fault))
  if (faults.length > 0) throw new ReportedError()
  say(`${name}: no faults found.`)
}

const findFaults = async (config: ReturnType<typeof loadConfig>): Promise<readonly Fault[]> => {
  await using db = await openReadOnly(config.database)
  return [...(await checkDatabase(db, { limit: listed })), ...(await overdueIn(db, config))]
}

const overdueIn = async (db: Database, days: RetentionDays) =>
  (await findExpired(db, { days, limit: listed })).map(faultOf)

const faultOf = ({ kind, deletes, count, names }: OverdueKind): Fault => ({
  code: `expired_${kind}`,
  what: `Data that should have been deleted: ${deletes}`,
  mend: 'Start a server or a worker, which deletes it within an hour. If one runs, its log says why it cannot',
  ...{ count, names },
})

const describe = ({ code, what, mend, count, names }: Fault) => {
  const more =
    count > names.length ? `, and ${(count - names.length).toLocaleString('en')} more` : ''
  return `✗ ${code}: ${count.toLocaleString('en')}
  ${what}: ${names.map(printable).join(', ')}${more}
  To mend: ${mend}.`
}
