import type { Command } from 'commander'

const examples = `
Examples:
  $ dsapi model list
  $ dsapi model list --json`

export const addList = (model: Command): void => {
  model
    .command('list')
    .summary('list the models and which version of each is served')
    .description(
      'Lists the models, and the versions of each that are served, a canary or a shadow.',
    )
    .option('--json', 'print the models as JSON')
    .addHelpText('after', examples)
    .action(async (options) => (await import('./list.ts')).list(options))
}
