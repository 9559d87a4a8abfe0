import { table } from '../markdown.ts'
import { count, provenance, readResult } from './result.ts'

type Costs = {
  readonly apiCpu: number
  readonly workerCpu: number
  readonly databaseCpu: number
  readonly redisCpu: number
  readonly statements: number
  readonly commits: number
  readonly walBytes: number
  readonly redisCommands: number
}
type Measured = { readonly aSecond: number; readonly costs: Costs }
type Figures = {
  readonly predictions: Readonly<Record<string, Measured>>
  readonly jobs: Readonly<Record<string, Measured>>
  readonly idle: Readonly<Record<string, Costs>>
  readonly claims: Readonly<Record<string, number>>
}

const micro = (share: number) => `${(share * 1e6).toFixed(0)} µs`

const header = [
  'A second',
  'API',
  'Worker',
  'PostgreSQL',
  'Redis',
  'Statements',
  'Commits',
  'WAL bytes',
  'Redis commands',
]

const rowOf = ([name, { aSecond, costs }]: [string, Measured]) => [
  name,
  count(aSecond),
  micro(costs.apiCpu),
  micro(costs.workerCpu),
  micro(costs.databaseCpu),
  micro(costs.redisCpu),
  costs.statements.toFixed(3),
  costs.commits.toFixed(3),
  costs.walBytes.toFixed(0),
  costs.redisCommands.toFixed(2),
]

export const scaleBenchmark = (): string => {
  const result = readResult<Figures>('scale')
  const { predictions, jobs, idle, claims } = result.figures
  return `# What a prediction and a job cost each part

All parts run on PostgreSQL and share two cores. Times are processor time for each prediction or job.

${table(['Predictions', ...header], Object.entries(predictions).map(rowOf))}

${table(['Jobs', ...header], Object.entries(jobs).map(rowOf))}

${table(
  ['Idle', 'Statements a second', 'PostgreSQL, of a core', 'Redis commands a second'],
  Object.entries(idle).map(([name, costs]) => [
    name,
    costs.statements.toFixed(1),
    `${(costs.databaseCpu * 100).toFixed(2)} %`,
    costs.redisCommands.toFixed(1),
  ]),
)}

${table(
  ['Workers that claim at the same time', 'Jobs claimed a second'],
  Object.entries(claims).map(([claimers, figure]) => [claimers, count(figure)]),
)}

${provenance('scale', result)} It needs PostgreSQL, redis-server and wrk.
`
}
