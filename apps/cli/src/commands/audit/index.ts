import type { Command } from 'commander'
import { duration, oneOf, wholeNumber } from '../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi audit --since 24h
  $ dsapi audit --kind model --target churn
  $ dsapi audit --actor cli:ada --json`

export const addAudit = (program: Command): void => {
  program
    .command('audit')
    .summary('list what was done to keys, console sessions and models')
    .description(
      'Lists who changed which key or model, and who signed in to the web console, how and when, newest first.',
    )
    .option('--kind <kind>', 'key, session or model', oneOf('key', 'session', 'model'))
    .option('--actor <actor>', 'only what this actor did: cli:NAME, or key: and the id of a key')
    .option('--action <action>', 'only this action, such as create, serve or sign_in')
    .option(
      '--target <target>',
      'only entries of the key with this id, or of the model of this name',
    )
    .option('--since <span>', 'only entries of this span of time: 24h, 30m', duration)
    .option('--limit <n>', 'number of entries to list', wholeNumber(1, 10_000), 100)
    .option('--cursor <cursor>', 'go on after the page that ended with this cursor')
    .option('--json', 'print the entries as JSON')
    .addHelpText('after', examples)
    .action(async (options) => (await import('./audit.ts')).audit(options))
}
