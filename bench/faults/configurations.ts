import { cutOff, type Fault, faults, postgresFaults, redisFaults } from './fault.ts'
import { hasNetwork, type SystemOptions } from './system.ts'

/** All ways to store jobs and to wake workers. */
export const ways = [
  { name: 'SQLite alone', engine: 'sqlite', withRedis: false },
  { name: 'SQLite, with bee-queue on Redis', engine: 'sqlite', withRedis: true },
  { name: 'PostgreSQL alone', engine: 'postgres', withRedis: false },
  { name: 'PostgreSQL, with bee-queue on Redis', engine: 'postgres', withRedis: true },
] as const satisfies readonly (SystemOptions & { readonly name: string })[]

const networkFaults = (options: SystemOptions) => (hasNetwork(options.engine) ? [cutOff] : [])

const databaseFaults = ({ engine }: SystemOptions) => (engine === 'postgres' ? postgresFaults : [])

/** All faults of a system, except those that need a disk of their own. */
export const faultsOf = (options: SystemOptions): readonly Fault[] => [
  ...faults,
  ...databaseFaults(options),
  ...networkFaults(options),
  ...(options.withRedis ? redisFaults : []),
]

/** The same without what Redis changes nothing about. (Apis and workers are killed besides, see `storm`.) */
export const fewFaultsOf = (options: SystemOptions): readonly Fault[] =>
  options.withRedis ? [...databaseFaults(options), ...redisFaults] : faultsOf(options)
