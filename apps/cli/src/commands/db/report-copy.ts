import type { CheckedTable, CopyResult, UnlikeValue } from '@dsapi/db'
import { ReportedError } from '../../terminal/cli-error.ts'
import { formatInstant, type Json, print, printJson, say, table } from '../../terminal/output.ts'
import { formatSeconds } from './draw-progress.ts'

type About = Json & {
  readonly from: string
  readonly to: string
  readonly seconds: number
  /** Whether another process has the source open. */
  readonly isStillOpen: boolean
}

const hashLength = 12
/** The most changed values that are listed. */
const listed = 10

/**
 * Prints the result of a copy.
 *
 * @throws ReportedError when the two databases differ
 */
export const reportCopy = (result: CopyResult, about: About): void => {
  const isWhole = result.tables.every(({ isSame }) => isSame)
  if (about.json) printJson(asJson(result, about, isWhole))
  else print(drawTables(result.tables))
  sayChanged(result.changed)
  if (isWhole) sayDone(result, about)
  else sayDifferent(result.tables)
  if (about.isStillOpen) sayStillOpen(about)
  if (!isWhole) throw new ReportedError()
}

const asJson = (
  { tables, changed, written }: CopyResult,
  { from, to, seconds, isStillOpen }: About,
  ok: boolean,
) => ({
  ...{ from, to, ok, rows_written: written, seconds: Number(seconds.toFixed(1)) },
  from_still_open: isStillOpen,
  tables: tables.map(({ table, source, target, isSame }) => ({
    ...{ table, source, target, same: isSame },
  })),
  changed,
})

const drawTables = (tables: readonly CheckedTable[]) =>
  table(
    ['TABLE', 'ROWS', 'SHA-256', ''],
    tables.map(({ table, source, target, isSame }) => [
      ...[table, source.rows.toLocaleString('en'), source.sha256.slice(0, hashLength)],
      isSame
        ? '✓'
        : `✗ in the copy: ${target.rows.toLocaleString('en')}, ${target.sha256.slice(0, hashLength)}`,
    ]),
  )

const sayChanged = (changed: readonly UnlikeValue[]) => {
  if (changed.length === 0) return
  say(
    `\nPostgreSQL cannot hold ${changed.length.toLocaleString('en')} values as they are. In the copy, U+0000 in a text is U+FFFD (�), and a fraction in a column of whole numbers is rounded:`,
  )
  for (const { table, column, key, what } of changed.slice(0, listed)) {
    say(`  ${table} ${key.join(' ')}: ${column} (${what})`)
  }
  if (changed.length > listed) say(`  and ${(changed.length - listed).toLocaleString('en')} more`)
}

const sayDone = ({ written, finishedBefore }: CopyResult, { from, to, seconds }: About) => {
  if (finishedBefore !== undefined) {
    say(
      `\nThis copy was finished at ${formatInstant(finishedBefore)}, and both databases are still the same.`,
    )
    return
  }
  say(
    `\nCopied ${written.toLocaleString('en')} rows in ${formatSeconds(seconds)}; all rows are the same in both databases.

Now start the servers with DATABASE_URL set to ${to}.
Start none on ${from} again: requests that it accepts from now on are not in the copy and would be lost. Rename the file: mv ${from} ${from}.copied`,
  )
}

const sayStillOpen = ({ from }: About) =>
  say(
    `\nATTENTION: another process has ${from} open. If it is a server or a worker, stop it now and copy again before any server uses the copy: the copy lacks what it has accepted since.`,
  )

const whereOf = ({ after, upTo }: NonNullable<CheckedTable['differs']>) =>
  `, from ${after ? `after ${after.join(' ')}` : 'the first row'} to ${upTo?.join(' ') ?? 'the last'}`

const sayDifferent = (tables: readonly CheckedTable[]) => {
  for (const { table, isSame, differs } of tables) {
    if (!isSame) say(`\n${table} differs${differs ? whereOf(differs) : ''}.`)
  }
  say('Another program has written to the copy meanwhile. Stop it, then copy again.')
}
