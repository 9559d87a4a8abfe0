import { createKey, demoKeys, hasDemoKeys, listKeys, stateOf } from '@dsapi/auth'
import { loadConfig } from '@dsapi/config'
import { type Database, findLatestVersion } from '@dsapi/db'
import { createLogger } from '@dsapi/log'
import type { Command } from 'commander'
import { byPerson } from '../by-person.ts'
import { curlLine } from '../curl-line.ts'
import { generateDatabase } from '../generate-database.ts'
import { print, say } from '../output.ts'
import { type Supervised, supervise } from '../supervise.ts'
import { untilSignal } from '../until-signal.ts'
import { withDatabase } from '../with-database.ts'
import { defaultSamples, defaultSeed } from './gendb.ts'

const examples = `
Examples:
  $ dsapi start
  $ PORT=9000 DSAPI_SLOW_SECONDS=1 dsapi start`

export const addStart = (program: Command): void => {
  program
    .command('start')
    .summary('all that one machine needs, on one command')
    .description(
      'Makes the database and a key where there are none, then runs the api and a worker, each in a process of its own that comes back if it ends by itself.',
    )
    .addHelpText('after', examples)
    .action(start)
}

const start = async () => {
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'start')
  const stopped = untilSignal()
  await withDatabase(config.databasePath, (db) => makeModel(db, config.databasePath), {
    create: true,
  })

  const running: Supervised[] = []
  try {
    // The api first: if its port is taken, nothing else has been started or said.
    for (const command of ['serve', 'worker']) {
      const child = await supervise(process.argv[1], command, (pauseMs) =>
        logger.warn(`The ${command} process has ended and comes back in ${pauseMs} ms`),
      )
      running.push(child)
    }
    const url = running[0].ready
    await withDatabase(config.databasePath, (db) => greet(db, url))
    await stopped
  } finally {
    await Promise.all(running.map((child) => child.stop()))
  }
}

const makeModel = async (db: Database, path: string) => {
  if ((await findLatestVersion(db)) !== undefined) return
  await generateDatabase(db, { samples: defaultSamples, seed: defaultSeed, demoKeys: false })
  say(`Made the database ${path} with training data and the model fitted to it.`)
}

/** Tells where the api is and how to ask it. The first key is made only now that it can be used. */
const greet = async (db: Database, url: string) => {
  const key = await usableKey(db)
  say(`\ndsapi listens on ${url}\n`)
  if (key.kind === 'none') {
    say('No key is active any more. Make one: dsapi keys create --name me\n')
    return
  }
  if (key.kind === 'new') print(`Your API key, shown this once:\n\n  ${key.text}\n`)
  print(`Try it:\n\n  ${await curlLine(db, url, key.text)}\n`)
  if (key.kind === 'variable') {
    say(
      'KEY holds the key that the first start has shown. A new one: dsapi keys create --name me\n',
    )
  }
  say('Ctrl-C stops it.\n')
}

type ShownKey =
  | { readonly kind: 'new' | 'demo' | 'variable'; readonly text: string }
  | { readonly kind: 'none' }

const usableKey = async (db: Database): Promise<ShownKey> => {
  const now = Date.now()
  if (await hasDemoKeys(db, now)) return { kind: 'demo', text: demoKeys[0] }
  const keys = await listKeys(db)
  if (keys.length === 0) {
    const { key } = await createKey(db, { name: 'first key' }, byPerson())
    return { kind: 'new', text: key }
  }
  const isUsable = keys.some((key) => stateOf(key, now) === 'active')
  return isUsable ? { kind: 'variable', text: '$KEY' } : { kind: 'none' }
}
