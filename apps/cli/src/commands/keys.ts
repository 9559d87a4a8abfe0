import { createKey, listKeys, revokeKey, type StoredKey } from '@dsapi/auth'
import { loadConfig } from '@dsapi/config'
import type { Command } from 'commander'
import { duration } from '../arguments.ts'
import { CliError } from '../cli-error.ts'
import { formatInstant, print, printJson, say, table } from '../output.ts'
import { withDatabase } from '../with-database.ts'

type Json = { readonly json?: true }

const examples = `
Examples:
  $ dsapi keys create --name "nightly report" --expires 90d
  $ dsapi keys list
  $ dsapi keys revoke 4fGh0aZ9`

export const addKeys = (program: Command): void => {
  const keys = program
    .command('keys')
    .summary('make, list and revoke API keys')
    .description('Makes, lists and revokes API keys.')
    .addHelpText('after', examples)

  keys
    .command('create')
    .summary('make a key and print it, this once')
    .description('Makes a key and prints it. Only its SHA-256 is stored: it cannot be shown again.')
    .requiredOption('--name <name>', 'what the key is for')
    .option('--expires <span>', 'how long it opens the door: 90d, 24h, 30m', duration)
    .option('--json', 'print the key and its id as JSON')
    .addHelpText('after', examples)
    .action(create)

  keys
    .command('list')
    .summary('list all keys, never in full')
    .description('Lists all keys by their first and last characters.')
    .option('--json', 'print the list as JSON')
    .action(list)

  keys
    .command('revoke <id>')
    .summary('revoke a key, for good')
    .description('Revokes a key. Every running server refuses it within a second.')
    .option('--json', 'print what was revoked as JSON')
    .action(revoke)
}

const withKeys = <T>(task: Parameters<typeof withDatabase<T>>[1]) =>
  withDatabase(loadConfig().databasePath, task)

const create = async (options: Json & { readonly name: string; readonly expires?: number }) => {
  const now = Date.now()
  const expiresAt = options.expires === undefined ? null : now + options.expires
  const made = await withKeys((db) => createKey(db, { name: options.name, now, expiresAt }))
  if (options.json) printJson({ id: made.id, key: made.key, expires_at: expiresAt })
  else print(made.key)
  say(`This is the only time that the key is shown. Its id is ${made.id}.`)
}

const shown = ({ prefix, suffix }: StoredKey) => `${prefix}…${suffix}`

const asJson = (key: StoredKey) => ({
  id: key.id,
  name: key.name,
  key: shown(key),
  state: key.state,
  created_at: key.createdAt,
  expires_at: key.expiresAt,
  revoked_at: key.revokedAt,
})

const asRow = (key: StoredKey) => [
  key.id,
  key.name,
  shown(key),
  key.state,
  formatInstant(key.createdAt),
  formatInstant(key.expiresAt),
]

const list = async ({ json }: Json) => {
  const keys = await withKeys((db) => listKeys(db, Date.now()))
  if (json) printJson(keys.map(asJson))
  else if (keys.length === 0) say('There are no keys yet. Make one: dsapi keys create --name me')
  else print(table(['ID', 'NAME', 'KEY', 'STATE', 'CREATED', 'EXPIRES'], keys.map(asRow)))
}

const revoke = async (id: string, { json }: Json) => {
  const wasRevoked = await withKeys((db) => revokeKey(db, id, Date.now()))
  if (!wasRevoked) {
    throw new CliError(`There is no key ${id} that could be revoked. See: dsapi keys list`)
  }
  if (json) printJson({ id, state: 'revoked' })
  else say(`Revoked ${id}.`)
}
