import { cutOff, type Fault, faults, postgresFaults, redisFaults } from './fault.ts'
import { hasNetwork, type SystemOptions } from './system.ts'

/** All ways to keep jobs and to ring for workers. */
export const ways = [
  { name: 'SQLite alone', engine: 'sqlite', withRedis: false },
  { name: 'SQLite, with bee-queue on Redis', engine: 'sqlite', withRedis: true },
  { name: 'PostgreSQL alone', engine: 'postgres', withRedis: false },
  { name: 'PostgreSQL, with bee-queue on Redis', engine: 'postgres', withRedis: true },
] as const satisfies readonly (SystemOptions & { readonly name: string })[]

/** All that can happen to a system, but for what takes a disk of its own. */
export const faultsOf = ({ engine, withRedis }: SystemOptions): readonly Fault[] => [
  ...faults,
  ...(engine === 'postgres' ? postgresFaults : []),
  ...(hasNetwork(engine) ? [cutOff] : []),
  ...(withRedis ? redisFaults : []),
]
