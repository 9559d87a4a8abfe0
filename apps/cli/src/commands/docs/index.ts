import type { Command } from 'commander'

export const addDocs = (program: Command): void => {
  program
    .command('docs')
    .summary('print where the documentation is')
    .description(
      'Prints the address of the documentation on a running server, and the folder that holds its pages as Markdown.',
    )
    .option('--json', 'print both as JSON')
    .addHelpText('after', '\nExamples:\n  $ dsapi docs\n  $ dsapi docs --json')
    .action(async (options) => (await import('./print-addresses.ts')).printAddresses(options))
}
