import { defaultScopes } from '@dsapi/auth/key-options'
import { type Command, Option } from 'commander'
import {
  dayWindow,
  duration,
  keyName,
  keyNote,
  modelNames,
  orWord,
  rate,
  scopeList,
  wholeNumber,
} from '../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi keys create --name "nightly report" --expires 90d --rate 100/s
  $ dsapi keys create --name ops --scopes admin
  $ dsapi keys create --name shop --models churn,fraud
  $ dsapi keys list
  $ dsapi keys rotate 0b9c1f6e-5d7a-4f0e-9f41-6a1f0e9d2c11 --grace 24h
  $ dsapi keys audit`

const dayMs = 86_400_000

export const addKeys = (program: Command): void => {
  const keys = program
    .command('keys')
    .summary('create, list, rotate and revoke API keys')
    .description('Creates, lists, rotates, disables and revokes API keys.')
    .addHelpText('after', examples)

  keys
    .command('create')
    .summary('create a key and print it once')
    .description(
      'Creates a key and prints it. Only its SHA-256 hash is stored, so it cannot be shown again.',
    )
    .requiredOption('--name <name>', 'what the key is for', keyName)
    .option('--note <text>', 'who owns the key, whom to ask', keyNote)
    .addOption(
      new Option('--scopes <list>', 'what the key may do: predict, jobs, admin')
        .argParser(scopeList)
        .default(defaultScopes, defaultScopes.join(',')),
    )
    .option('--models <list>', 'names of the models that it may use (default: all)', modelNames)
    .option('--rate <rate>', 'limit of requests: 100/s, 600/m (default: none)', rate)
    .option('--quota <n>', 'limit of requests a day, in UTC (default: none)', wholeNumber(1, 1e12))
    .option(
      '--max-jobs <n>',
      'how many of its jobs may wait (default: DSAPI_KEY_QUEUE_LIMIT)',
      wholeNumber(1, 1e9),
    )
    .option('--expires <span>', 'how long the key is valid: 90d, 24h (default: forever)', duration)
    .option('--json', 'print the key and its properties as JSON')
    .addHelpText('after', examples)
    .action(async (options) => (await import('./create.ts')).create(options))

  keys
    .command('list')
    .summary('list all keys, masked')
    .description('Lists all keys. Only the first and last characters of each key are shown.')
    .option('--json', 'print the keys as JSON')
    .action(async (options) => (await import('./show.ts')).list(options))

  keys
    .command('show <id>')
    .summary('show a key and its history')
    .description('Shows the properties of a key and all changes made to it.')
    .option('--json', 'print the key as JSON')
    .action(async (id, options) => (await import('./show.ts')).show(id, options))

  keys
    .command('rotate <id>')
    .summary('replace a key with a new one')
    .description(
      'Creates a new key with the same name, scopes and limits, and prints it once. The old key stays valid for the grace period. Each of the two can read the jobs of the other.',
    )
    .addOption(
      new Option('--grace <span>', 'how long the old key stays valid: 24h, 30m, 1s')
        .argParser(duration)
        .default(dayMs, '24h'),
    )
    .option('--json', 'print the new key and its properties as JSON')
    .action(async (id, options) => (await import('./create.ts')).rotate(id, options))

  keys
    .command('set <id>')
    .summary('change the properties of a key')
    .description(
      'Changes the properties that options name. Scopes can be removed and not added. Running servers apply the change within a second.',
    )
    .option('--name <name>', 'what the key is for', keyName)
    .option('--note <text>', 'who owns the key, whom to ask', keyNote)
    .option('--scopes <list>', 'some of the scopes that the key has', scopeList)
    .option(
      '--models <list>',
      'names of the models that it may use, or all',
      orWord('all', modelNames),
    )
    .option('--rate <rate>', 'limit of requests: 100/s, 600/m, or none', orWord('none', rate))
    .option('--quota <n>', 'limit of requests a day, or none', orWord('none', wholeNumber(1, 1e12)))
    .option(
      '--max-jobs <n>',
      'how many of its jobs may wait, or default for DSAPI_KEY_QUEUE_LIMIT',
      orWord('default', wholeNumber(1, 1e9)),
    )
    .option(
      '--expires <span>',
      'how long from now the key is valid: 90d, or never',
      orWord('never', duration),
    )
    .option(
      '--webhook-url <url>',
      'where the ends of its jobs are reported, or none',
      orWord('none', (text: string) => text),
    )
    .option('--json', 'print the key after the change as JSON')
    .action(async (id, options) => (await import('./change.ts')).set(id, options))

  keys
    .command('revoke <id>')
    .summary('revoke a key permanently')
    .description('Revokes a key permanently. Running servers refuse it within a second.')
    .option('--json', 'print the key after the change as JSON')
    .action(async (id, options) => (await import('./change.ts')).revoke(id, options))

  keys
    .command('disable <id>')
    .summary('disable a key until it is enabled again')
    .description('Disables a key. Running servers refuse it within a second until it is enabled.')
    .option('--json', 'print the key after the change as JSON')
    .action(async (id, options) => (await import('./change.ts')).disable(id, options))

  keys
    .command('enable <id>')
    .summary('enable a disabled key')
    .description('Enables a disabled key. Running servers accept it again within a second.')
    .option('--json', 'print the key after the change as JSON')
    .action(async (id, options) => (await import('./change.ts')).enable(id, options))

  keys
    .command('usage [id]')
    .summary('count the requests of keys by day')
    .description(
      'Counts the requests and errors of all keys, or of one, by day (UTC). Servers write their counts once a minute.',
    )
    .option('--window <days>', 'number of days up to today: 7d', dayWindow, 7)
    .option('--json', 'print the counts as JSON')
    .action(async (id, options) => (await import('./usage.ts')).usage(id, options))

  keys
    .command('audit')
    .summary('list the changes made to keys')
    .description('Lists who changed which key, how and when, newest first.')
    .option('--key <id>', 'only changes to this key')
    .option('--limit <n>', 'number of entries to list', wholeNumber(1, 1_000_000), 100)
    .option('--before <id>', 'only entries older than this one', wholeNumber(1, 1e15))
    .option('--json', 'print the entries as JSON')
    .action(async (options) => (await import('./audit.ts')).audit(options))
}
