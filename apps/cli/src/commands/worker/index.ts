import type { Command } from 'commander'
import { wholeNumber } from '../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi worker
  $ REDIS_URL=redis://localhost:6379 dsapi worker --concurrency 4`

export const addWorker = (program: Command): void => {
  program
    .command('worker')
    .summary('run a worker that computes jobs')
    .description('Computes slow predictions and batches until SIGTERM or Ctrl-C.')
    .option('--concurrency <n>', 'number of jobs to run at a time', wholeNumber(1, 1000), 10)
    .addHelpText('after', examples)
    .action(async (options) => (await import('./worker.ts')).worker(options))
}
