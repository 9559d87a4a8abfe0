import { jobStates } from '@dsapi/db/job-states'
import type { Command } from 'commander'
import { duration, jobIdPrefix, modelName, oneOf, wholeNumber } from '../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi jobs list --state failed --since 24h
  $ dsapi jobs retry 22869812-7761-47c7-a96c-e5725584b5cb
  $ dsapi jobs watch`

export const addJobs = (program: Command): void => {
  const jobs = program
    .command('jobs')
    .summary('list, watch, cancel and retry jobs')
    .description('Shows the jobs of all keys, cancels jobs, and retries failed ones.')
    .addHelpText('after', examples)

  jobs
    .command('list')
    .summary('list jobs, newest first')
    .description('Lists jobs, newest first.')
    .option('--state <state>', `only jobs that are ${jobStates.join(', ')}`, oneOf(...jobStates))
    .option(
      '--kind <kind>',
      'only jobs of this kind: slow-prediction, batch',
      oneOf('slow-prediction', 'batch'),
    )
    .option('--owner <id>', 'only jobs of the key with this id, and of its line of rotations')
    .option('--model <name>', 'only jobs for this model', modelName)
    .option('--since <span>', 'only jobs created in this span of time: 24h, 30m', duration)
    .option('--until <span>', 'only jobs created before this span of time: 24h, 30m', duration)
    .option('--id-prefix <text>', 'only jobs whose ids start with this text', jobIdPrefix)
    .option('--limit <n>', 'number of jobs to list', wholeNumber(1, 100_000), 20)
    .option('--json', 'print the jobs as JSON')
    .action(async (options) => (await import('./list.ts')).list(options))

  jobs
    .command('show <id>')
    .summary('show the state and the result of a job')
    .description('Shows the state and the result of a job.')
    .option('--json', 'print the job as JSON')
    .action(async (id, options) => (await import('./one-job.ts')).show(id, options))

  jobs
    .command('retry <id...>')
    .summary('retry failed or cancelled jobs')
    .description(
      'Puts failed or cancelled jobs back into the queue, each with its full number of attempts.',
    )
    .option('--json', 'print the job after the change as JSON, or an array of several')
    .action(async (ids, options) => (await import('./one-job.ts')).retry(ids, options))

  jobs
    .command('cancel <id...>')
    .summary('cancel queued or running jobs')
    .description(
      'Cancels queued or running jobs. Their workers stop computing them within a second.',
    )
    .option('--json', 'print the job after the change as JSON, or an array of several')
    .action(async (ids, options) => (await import('./one-job.ts')).cancel(ids, options))

  jobs
    .command('stats')
    .summary('count the jobs in each state')
    .description('Counts the jobs in each state and shows the age of the oldest queued job.')
    .option('--json', 'print the counts as JSON')
    .action(async (options) => (await import('./stats.ts')).stats(options))

  jobs
    .command('watch')
    .summary('watch jobs live')
    .description('Shows job counts and the newest jobs, refreshed until Ctrl-C.')
    .action(async () => (await import('./watch.ts')).watch())
}
