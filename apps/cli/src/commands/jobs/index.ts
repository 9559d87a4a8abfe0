import { jobStates } from '@dsapi/db'
import { type Command, InvalidArgumentError } from 'commander'
import { wholeNumber } from '../../terminal/arguments.ts'

// The queue and its libraries are loaded when a command runs, so that the others start fast.

const examples = `
Examples:
  $ dsapi jobs list --state failed
  $ dsapi jobs retry 22869812-7761-47c7-a96c-e5725584b5cb
  $ dsapi jobs watch`

const readState = (text: string) => {
  const state = jobStates.find((known) => known === text)
  if (state !== undefined) return state
  throw new InvalidArgumentError(`It must be one of ${jobStates.join(', ')}.`)
}

export const addJobs = (program: Command): void => {
  const jobs = program
    .command('jobs')
    .summary('look at jobs; cancel or retry one')
    .description(
      'Shows the jobs of all keys, cancels those that are not wanted, retries failed ones.',
    )
    .addHelpText('after', examples)

  jobs
    .command('list')
    .summary('the newest jobs')
    .description('Lists jobs, the newest first.')
    .option('--state <state>', `only those that are ${jobStates.join(', ')}`, readState)
    .option('--limit <n>', 'how many', wholeNumber(1, 100_000), 20)
    .option('--json', 'print them as JSON')
    .action(async (options) => (await import('./list.ts')).list(options))

  jobs
    .command('show <id>')
    .summary('all that is known of a job')
    .description('Shows how a job stands and what came of it.')
    .option('--json', 'print it as JSON')
    .action(async (id, options) => (await import('./one.ts')).show(id, options))

  jobs
    .command('retry <id>')
    .summary('have a job that failed or was cancelled tried anew')
    .description(
      'Puts a job that failed or was cancelled back into the queue, with all its attempts.',
    )
    .option('--json', 'print the job as it is then as JSON')
    .action(async (id, options) => (await import('./one.ts')).retry(id, options))

  jobs
    .command('cancel <id>')
    .summary('cancel a job that waits or runs')
    .description('Cancels a job; the worker that runs it lets go of it within a second.')
    .option('--json', 'print the job as it is then as JSON')
    .action(async (id, options) => (await import('./one.ts')).cancel(id, options))

  jobs
    .command('stats')
    .summary('how many jobs there are in each state')
    .description('Counts the jobs in each state, and shows how long the longest waiting one waits.')
    .option('--json', 'print the counts as JSON')
    .action(async (options) => (await import('./stats.ts')).stats(options))

  jobs
    .command('watch')
    .summary('a live view, until Ctrl-C')
    .description('Shows the jobs as they come and go, until Ctrl-C.')
    .action(async () => (await import('./watch.ts')).watch())
}
