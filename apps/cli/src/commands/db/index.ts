import type { Command } from 'commander'

const examples = `
Examples:
  $ dsapi db migrate
  $ export DATABASE_URL=postgres://dsapi:secret@db.example.com/dsapi
  $ dsapi db copy --from sqlite:dsapi.sqlite`

const aboutCopy = `
Stop all servers and workers of the SQLite database first. The copy locks it
and leaves its contents unchanged. If an older version of dsapi created it, its
schema is migrated first.

To resume an interrupted copy, run the same command again. Servers refuse the
new database until the copy is complete. A target database that already holds
other data is refused.

A password in --to is visible in the list of processes. DATABASE_URL hides it.

Example:
  $ export DATABASE_URL=postgres://dsapi:secret@db.example.com/dsapi
  $ dsapi db copy --from sqlite:dsapi.sqlite`

export const addDb = (program: Command): void => {
  const db = program
    .command('db')
    .summary('migrate the schema; copy SQLite to PostgreSQL')
    .description('Migrates the schema of the database; copies a SQLite database to PostgreSQL.')
    .addHelpText('after', examples)

  db.command('migrate')
    .summary('migrate the schema to the newest version')
    .description(
      'Migrates the schema of the database in DATABASE_URL. Every command does so when it opens the database; this command does nothing else, for deployments. Several migrations at once wait for each other.',
    )
    .option('--json', 'print the migrations that were run as JSON')
    .addHelpText('after', '\nExample:\n  $ dsapi db migrate')
    .action(async (options) => (await import('./migrate.ts')).migrate(options))

  db.command('copy')
    .summary('copy a SQLite database to PostgreSQL')
    .description(
      'Copies keys, audit log, models, jobs and all other data from a SQLite database to an empty PostgreSQL database, and verifies each row.',
    )
    .requiredOption('--from <url>', 'source: sqlite:PATH')
    .option('--to <url>', 'target: postgres://… (default: DATABASE_URL)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', aboutCopy)
    .action(async (options) => (await import('./copy.ts')).copy(options))
}
