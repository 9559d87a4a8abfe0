import type { Command } from 'commander'

const examples = `
Examples:
  $ dsapi db backup /backups/dsapi.sqlite
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

const aboutBackup = `
The backup holds the database as it was when the command began, whatever other
processes write meanwhile. It is written to FILE.partial-PID, checked, and
renamed to FILE when it is complete. Only your user can read it.

Example:
  $ dsapi db backup /backups/dsapi-2026-11-27.sqlite`

const aboutRestore = `
Stop all servers and workers of the database first. The database of before is
kept beside the restored one, with the time in its name.

Jobs that were running when the backup was made are run again from the start.

Example:
  $ dsapi db restore /backups/dsapi-2026-11-27.sqlite`

const aboutCheck = `
It reads whole tables, so it takes some time. Servers and workers may run. It
changes nothing, and does not migrate the schema. The exit code is 1 if there
is a fault.

Example:
  $ dsapi db check`

export const addDb = (program: Command): void => {
  const db = program
    .command('db')
    .summary('back up, restore, check, migrate or copy the database')
    .description(
      'Makes and restores backups, looks for faults, migrates the schema of the database, and copies a SQLite database to PostgreSQL.',
    )
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

  db.command('backup')
    .summary('back up a SQLite database while servers run')
    .description(
      'Copies the SQLite database in DATABASE_URL to a file, while servers and workers run. For PostgreSQL, it prints the command of pg_dump to use.',
    )
    .argument('<file>', 'file for the backup')
    .option('--force', 'replace FILE if it exists')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', aboutBackup)
    .action(async (file, options) => (await import('./backup.ts')).backup(file, options))

  db.command('restore')
    .summary('replace a SQLite database by a backup')
    .description(
      'Puts a backup in the place of the SQLite database in DATABASE_URL. For PostgreSQL, it prints the command of pg_restore to use.',
    )
    .argument('<file>', 'backup that dsapi db backup has made')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', aboutRestore)
    .action(async (file, options) => (await import('./restore.ts')).restore(file, options))

  db.command('check')
    .summary('look for faults in the database')
    .description(
      'Looks in the database in DATABASE_URL for damage and for rows that should not be, such as a job without its input, and says how to mend them.',
    )
    .option('--json', 'print the faults as JSON')
    .addHelpText('after', aboutCheck)
    .action(async (options) => (await import('./check.ts')).check(options))
}
