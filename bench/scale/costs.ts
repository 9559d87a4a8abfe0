import type { PostgresServer } from '@dsapi/testing'
import { Redis } from 'ioredis'
import pg from 'pg'
import { childrenOf, cpuSeconds } from '../cpu-seconds.ts'
import type { RunningDsapi } from '../dsapi.ts'

/** The resources that each part of a system has used since its start. */
export type Costs = {
  /** Seconds of a core. */
  readonly apiCpu: number
  readonly workerCpu: number
  readonly databaseCpu: number
  readonly redisCpu: number
  /** Statements, commits and bytes of WAL of the database. */
  readonly statements: number
  readonly commits: number
  readonly walBytes: number
  readonly redisCommands: number
}

const names = [
  'apiCpu',
  'workerCpu',
  'databaseCpu',
  'redisCpu',
  'statements',
  'commits',
  'walBytes',
  'redisCommands',
] as const satisfies readonly (keyof Costs)[]

/** For `startPostgres`: statements are counted. */
export const countingStatements = { shared_preload_libraries: 'pg_stat_statements' }

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Reads what a PostgreSQL has done so far, on a connection that does not count itself. */
const readPostgres = async (url: string) => {
  const client = new pg.Client({ connectionString: url, application_name: 'costs' })
  await client.connect()
  await client.query('create extension if not exists pg_stat_statements')
  const { rows } = await client.query<Record<'statements' | 'commits' | 'wal', string>>(`select
    (select sum(calls) from pg_stat_statements where query not like '%costs%') as statements,
    (select xact_commit from pg_stat_database where datname = current_database()) as commits,
    pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal /* costs */`)
  await client.end()
  return rows[0]
}

const readRedis = async (url: string) => {
  const client = new Redis(url)
  const info = await client.info()
  client.disconnect()
  const number = (name: string) =>
    Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0)
  return {
    commands: number('total_commands_processed'),
    cpu: number('used_cpu_sys') + number('used_cpu_user'),
  }
}

export const readCosts = async (
  dsapi: RunningDsapi,
  {
    server,
    databaseUrl,
    redisUrl,
  }: {
    readonly server: PostgresServer
    readonly databaseUrl: string
    readonly redisUrl: string | undefined
  },
): Promise<Costs> => {
  const database = await readPostgres(databaseUrl)
  const redis = redisUrl === undefined ? { commands: 0, cpu: 0 } : await readRedis(redisUrl)
  const all = (pids: readonly (number | undefined)[]) => sum(pids.map(cpuSeconds))
  return {
    apiCpu: all([dsapi.api.pid, ...childrenOf(dsapi.api.pid)]),
    workerCpu: all(dsapi.workers.map(({ pid }) => pid)),
    databaseCpu: all([server.pid(), ...childrenOf(server.pid())]),
    redisCpu: redis.cpu,
    statements: Number(database.statements),
    commits: Number(database.commits),
    walBytes: Number(database.wal),
    redisCommands: redis.commands,
  }
}

/** The resources that were used between two readings, for each of a number of requests or jobs. */
export const perEach = (before: Costs, after: Costs, count: number): Costs =>
  Object.fromEntries(names.map((name) => [name, (after[name] - before[name]) / count])) as Costs
