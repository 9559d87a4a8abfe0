import type { Command } from 'commander'
import {
  duration,
  keyName,
  keyNote,
  rate,
  scopeList,
  wholeNumber,
} from '../../terminal/arguments.ts'
import { audit } from './audit.ts'
import { change, changes } from './change.ts'
import { create, rotate } from './create.ts'
import { list, show } from './show.ts'

const examples = `
Examples:
  $ dsapi keys create --name "nightly report" --expires 90d --rate 100/s
  $ dsapi keys create --name ops --scopes admin
  $ dsapi keys list
  $ dsapi keys rotate 0b9c1f6e-5d7a-4f0e-9f41-6a1f0e9d2c11 --grace 24h
  $ dsapi keys audit`

export const addKeys = (program: Command): void => {
  const keys = program
    .command('keys')
    .summary('the life of API keys: make, list, rotate, revoke …')
    .description('Makes, lists, rotates, disables and revokes API keys, and lists who did so.')
    .addHelpText('after', examples)

  keys
    .command('create')
    .summary('make a key and print it, this once')
    .description('Makes a key and prints it. Only its SHA-256 is stored: it cannot be shown again.')
    .requiredOption('--name <name>', 'what the key is for', keyName)
    .option('--note <text>', 'whose it is, whom to ask', keyNote)
    .option('--scopes <list>', 'what it may do: predict, jobs, admin (predict,jobs)', scopeList)
    .option('--rate <rate>', 'how many requests it has: 100/s, 600/m', rate)
    .option('--quota <n>', 'how many requests it has a day (UTC)', wholeNumber(1, 1e12))
    .option('--expires <span>', 'how long it is valid: 90d, 24h, 30m', duration)
    .option('--json', 'print the key and what is stored of it as JSON')
    .addHelpText('after', examples)
    .action(create)

  keys
    .command('list')
    .summary('list all keys, never in full')
    .description('Lists all keys by their first and last characters.')
    .option('--json', 'print the list as JSON')
    .action(list)

  keys
    .command('show <id>')
    .summary('show all that is known of a key, and its history')
    .description('Shows all that is stored of a key, and what was done to it.')
    .option('--json', 'print it as JSON')
    .action(show)

  keys
    .command('rotate <id>')
    .summary('make a successor; both work until the grace is over')
    .description(
      'Makes a successor with the same name, scopes and limits and prints it, this once. Both keys work until the grace is over, and what one has made belongs to the other.',
    )
    .option(
      '--grace <span>',
      'how long the old key still works: 24h, 30m, 1s',
      duration,
      86_400_000,
    )
    .option('--json', 'print the key and what is stored of it as JSON')
    .action(rotate)

  for (const one of changes) {
    keys
      .command(`${one.name} <id>`)
      .summary(one.summary)
      .description(
        `${one.summary[0].toUpperCase()}${one.summary.slice(1)}. Every running server follows within a second.`,
      )
      .option('--json', 'print the key as it is now as JSON')
      .action(change(one))
  }

  keys
    .command('audit')
    .summary('who did what to which key, and when')
    .description('Lists the changes to keys, the newest first.')
    .option('--key <id>', 'to this key alone')
    .option('--limit <n>', 'how many', wholeNumber(1, 1_000_000), 100)
    .option('--before <id>', 'only entries older than this one', wholeNumber(1, 1e15))
    .option('--json', 'print them as JSON')
    .action(audit)
}
