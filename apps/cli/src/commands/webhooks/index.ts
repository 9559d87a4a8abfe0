import type { Command } from 'commander'
import { oneOf, wholeNumber } from '../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi webhooks secret 22869812-7761-47c7-a96c-e5725584b5cb
  $ dsapi webhooks test 22869812-7761-47c7-a96c-e5725584b5cb
  $ dsapi webhooks list --state failed
  $ dsapi webhooks redeliver 01a20a53-e6f9-7e21-8d14-6a0f9b3c4d55`

export const addWebhooks = (program: Command): void => {
  const webhooks = program
    .command('webhooks')
    .summary('list, redeliver and test webhooks')
    .description('Shows the messages to webhooks, sends them again, and manages their secrets.')
    .addHelpText('after', examples)

  webhooks
    .command('list')
    .summary('list deliveries, newest first')
    .description('Lists the messages that were sent, or are to be sent, to webhooks, newest first.')
    .option('--key <id>', 'only those of the key with this id, and of its line of rotations')
    .option(
      '--state <state>',
      'only those that are pending, delivered, failed',
      oneOf('pending', 'delivered', 'failed'),
    )
    .option('--limit <n>', 'number of deliveries to list', wholeNumber(1, 1000), 20)
    .option('--json', 'print the deliveries as JSON')
    .action(async (options) => (await import('./list.ts')).list(options))

  webhooks
    .command('redeliver <id>')
    .summary('send a message again')
    .description(
      'Sends a message again at once, whatever came of it before. If it fails, it is tried again for 24 hours. A worker must be running.',
    )
    .option('--json', 'print the delivery as JSON')
    .action(async (id, options) => (await import('./redeliver.ts')).redeliver(id, options))

  webhooks
    .command('test <key>')
    .summary('send a test message for the key with this id')
    .description(
      'Sends a message of the type webhook.test, once, and shows what came of it. A worker must be running, because it sends the message.',
    )
    .option('--url <url>', 'where to send it (default: the URL of the key)')
    .option('--json', 'print the delivery as JSON')
    .action(async (key, options) => (await import('./test.ts')).test(key, options))

  webhooks
    .command('secret <key>')
    .summary('create a new secret for the key with this id and print it once')
    .description(
      'Creates a new secret that signs the webhooks of the key and of its line of rotations, and prints it. For 24 hours, messages are also signed with the secret before.',
    )
    .option('--json', 'print the secret as JSON')
    .action(async (key, options) => (await import('./secret.ts')).secret(key, options))
}
