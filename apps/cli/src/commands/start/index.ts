import type { Command } from 'commander'
import { mostProcesses, wholeNumber } from '../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi start
  $ PORT=9000 DSAPI_SLOW_SECONDS=1 dsapi start`

export const addStart = (program: Command): void => {
  program
    .command('start')
    .summary('run the API and a worker on one machine')
    .description(
      'Creates the database and an API key if there are none, then runs the API and a worker in processes of their own. A process that ends unexpectedly is restarted. SIGHUP restarts all of them, one after another.',
    )
    .option(
      '--processes <n>',
      'number of API processes (default: one for each core, at most 4)',
      wholeNumber(1, mostProcesses),
    )
    .addHelpText('after', examples)
    .action(async (options) => (await import('./start.ts')).start(options))
}
