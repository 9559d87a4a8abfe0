import type { Command } from 'commander'
import { duration, oneOf } from '../../terminal/arguments.ts'

const hourMs = 3_600_000

export const addTraffic = (program: Command): void => {
  program
    .command('traffic')
    .summary('show requests, errors and durations')
    .description(
      'Shows the requests, errors and durations of a span of time up to now, by key, route or status. Servers write their counts once a minute.',
    )
    .option('--window <span>', 'the span of time: 15m, 1h, 7d', duration, hourMs)
    .option('--by <what>', 'key, route or status', oneOf('key', 'route', 'status'), 'route')
    .option('--key <id>', 'only requests with this key')
    .option('--route <route>', 'only requests of this route')
    .option('--json', 'print the counts as JSON')
    .action(async (options) => (await import('./traffic.ts')).traffic(options))
}
