import { type Selectable, sql } from 'kysely'
import type { Database, TrafficTable } from '../schema.ts'
import { storableText } from './storable-text.ts'

export type TrafficRow = Selectable<TrafficTable>

/** How many requests there were in each class of duration: the columns `b0` to `b14`. */
export const trafficBuckets = [
  ...(['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7'] as const),
  ...(['b8', 'b9', 'b10', 'b11', 'b12', 'b13', 'b14'] as const),
] as const

/** Adds requests to what is counted of their minutes. */
export const addTraffic = async (db: Database, rows: readonly TrafficRow[]): Promise<void> => {
  for (const row of rows) {
    await db
      .insertInto('traffic')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['minute', 'host', 'key_id', 'route', 'status'])
          .doUpdateSet((eb) =>
            Object.fromEntries(
              trafficBuckets.map((bucket) => [
                bucket,
                eb(`traffic.${bucket}`, '+', eb.ref(`excluded.${bucket}`)),
              ]),
            ),
          ),
      )
      .execute()
  }
}

export type TrafficFilter = {
  /** From this minute on, counted since 1970 (UTC). */
  readonly since: number
  readonly keyId?: string | undefined
  readonly route?: string | undefined
}

export type TrafficSum = Pick<TrafficRow, (typeof trafficBuckets)[number] | 'status'>

/** PostgreSQL sums whole numbers up to decimal ones. */
const sums = sql.join(
  trafficBuckets.map((name) => sql`cast(sum(${sql.ref(name)}) as bigint) as ${sql.ref(name)}`),
)

const where = ({ since, keyId, route }: TrafficFilter) =>
  sql.join(
    [
      sql`minute >= ${since}`,
      ...(keyId === undefined ? [] : [sql`key_id = ${storableText(keyId)}`]),
      ...(route === undefined ? [] : [sql`route = ${storableText(route)}`]),
    ],
    sql` and `,
  )

/** What is counted in each step of time, by status. A step is named by its first minute. */
export const sumTrafficByTime = async (
  db: Database,
  { stepMinutes, ...filter }: TrafficFilter & { readonly stepMinutes: number },
): Promise<readonly (TrafficSum & { readonly step: number })[]> => {
  const step = sql`minute - minute % ${sql.lit(stepMinutes)}`
  const { rows } = await sql<TrafficSum & { readonly step: number }>`
    select ${step} as step, status, ${sums} from traffic
    where ${where(filter)} group by ${step}, status`.execute(db)
  return rows
}

/** What is counted of each key, route or status, by status. */
export const sumTrafficBy = async (
  db: Database,
  { by, ...filter }: TrafficFilter & { readonly by: 'key_id' | 'route' | 'status' },
): Promise<readonly (TrafficSum & { readonly name: string })[]> => {
  const { rows } = await sql<TrafficSum & { readonly name: string }>`
    select ${sql.ref(by)} as name, status, ${sums} from traffic
    where ${where(filter)} group by ${sql.ref(by)}, status`.execute(db)
  return rows
}
