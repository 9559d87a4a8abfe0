import type { Command } from 'commander'

export const addDoctor = (program: Command): void => {
  program
    .command('doctor')
    .summary('check the setup and say how to fix what is wrong')
    .description(
      'Checks Node, the settings, the database, the model, the keys, Redis, the ports and the limit of open files.',
    )
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExample:\n  $ dsapi doctor')
    .action(async (options) => (await import('./doctor.ts')).doctor(options))
}
