import { type Command, InvalidArgumentError } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { list } from '../jobs/list.ts'
import { cancel, retry, show } from '../jobs/one.ts'
import { stats } from '../jobs/stats.ts'
import { watch } from '../jobs/watch.ts'

const examples = `
Examples:
  $ dsapi jobs list --state failed
  $ dsapi jobs retry 22869812-7761-47c7-a96c-e5725584b5cb
  $ dsapi jobs watch`

const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const

const readState = (text: string) => {
  const state = states.find((known) => known === text)
  if (state !== undefined) return state
  throw new InvalidArgumentError(`It must be one of ${states.join(', ')}.`)
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
    .option('--state <state>', `only those that are ${states.join(', ')}`, readState)
    .option('--limit <n>', 'how many', wholeNumber(1, 100_000), 20)
    .option('--json', 'print them as JSON')
    .action(list)

  jobs
    .command('show <id>')
    .summary('all that is known of a job')
    .description('Shows how a job stands and what came of it.')
    .option('--json', 'print it as JSON')
    .action(show)

  jobs
    .command('retry <id>')
    .summary('have a job that failed or was cancelled tried anew')
    .description(
      'Puts a job that failed or was cancelled back into the queue, with all its attempts.',
    )
    .option('--json', 'print the job as it is then as JSON')
    .action(retry)

  jobs
    .command('cancel <id>')
    .summary('cancel a job that waits or runs')
    .description('Cancels a job; the worker that runs it lets go of it within a second.')
    .option('--json', 'print the job as it is then as JSON')
    .action(cancel)

  jobs
    .command('stats')
    .summary('how many jobs there are in each state')
    .description('Counts the jobs in each state, and tells how long the longest waiting one waits.')
    .option('--json', 'print the counts as JSON')
    .action(stats)

  jobs
    .command('watch')
    .summary('a live view, until Ctrl-C')
    .description('Shows the jobs as they come and go, until Ctrl-C.')
    .action(watch)
}
