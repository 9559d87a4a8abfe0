import type { Command } from 'commander'

export const addConsole = (program: Command): void => {
  program
    .command('console')
    .summary('print a link that signs in to the web console')
    .description(
      'Prints a link to the web console of a running server. The link signs in once, within a minute, as an administrator without a key.',
    )
    .option('--json', 'print the link and when it expires as JSON')
    .addHelpText('after', '\nExamples:\n  $ dsapi console')
    .action(async (options) => (await import('./print-link.ts')).printLink(options))
}
