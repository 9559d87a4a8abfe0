import { type Command, Option } from 'commander'
import { mostProcesses, wholeNumber } from '../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi serve
  $ PORT=9000 HOST=0.0.0.0 dsapi serve
  $ dsapi serve --processes 4
  $ dsapi serve --platform sagemaker`

export const addServe = (program: Command): void => {
  program
    .command('serve')
    .summary('run the HTTP API')
    .description(
      'Runs the HTTP API until SIGTERM or Ctrl-C. With --processes, one more process supervises the others, and SIGHUP restarts them one after another.',
    )
    .option(
      '--processes <n>',
      'number of processes that share the port',
      wholeNumber(1, mostProcesses),
    )
    .addOption(
      new Option('--platform <name>', 'run as the container of a platform').choices([
        'sagemaker',
        'vertex',
      ]),
    )
    .addHelpText('after', examples)
    .action(async (options) => (await import('./serve.ts')).serve(options))
}
