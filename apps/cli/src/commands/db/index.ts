import type { Command } from 'commander'

const examples = `
Examples:
  $ dsapi db migrate
  $ DATABASE_URL=postgres://dsapi:secret@db.example.com/dsapi dsapi db copy --from sqlite:dsapi.sqlite`

const aboutCopy = `
Stop all servers and workers of the SQLite database first. It is locked meanwhile and stays as it is; if an older
version of dsapi has made it, its schema is brought up to date.

A copy that was broken off goes on where it stopped when the same command is given again. Until it is whole, no
server takes the new database for its own. A database that holds anything which no copy has put there is refused.

A password in --to can be seen in the list of processes: give it in DATABASE_URL.

Example:
  $ DATABASE_URL=postgres://dsapi:secret@db.example.com/dsapi dsapi db copy --from sqlite:dsapi.sqlite`

export const addDb = (program: Command): void => {
  const db = program
    .command('db')
    .summary('bring the schema up to date; move to PostgreSQL')
    .description(
      'Brings the schema up to date; moves all that a SQLite database holds to PostgreSQL.',
    )
    .addHelpText('after', examples)

  db.command('migrate')
    .summary('bring the schema up to date')
    .description(
      'Brings the schema of DATABASE_URL up to date. Every command does so when it opens the database; this one does nothing else, for deployments. Several at once wait for each other.',
    )
    .option('--json', 'print from which to which migration as JSON')
    .addHelpText('after', '\nExample:\n  $ dsapi db migrate')
    .action(async (options) => (await import('./migrate.ts')).migrate(options))

  db.command('copy')
    .summary('copy a SQLite database to PostgreSQL')
    .description(
      'Copies keys, audit, models, jobs and all else from a SQLite database to an empty PostgreSQL database, and checks each row.',
    )
    .requiredOption('--from <url>', 'what is copied: sqlite:PATH')
    .option('--to <url>', 'where to: postgres://… (what DATABASE_URL says)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', aboutCopy)
    .action(async (options) => (await import('./copy.ts')).copy(options))
}
