import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createKey, demoKeys, hasDemoKeys, listKeys, stateOf } from '@dsapi/auth'
import { loadConfig, secretsIn } from '@dsapi/config'
import { type Database, nameOfDatabase } from '@dsapi/db'
import { createLogger } from '@dsapi/telemetry'
import type { Command } from 'commander'
import { generateDatabase } from '../database/generate-database.ts'
import { withSetupLock } from '../database/setup-lock.ts'
import { withDatabase } from '../database/with-database.ts'
import { startApiProcesses } from '../processes/api-processes.ts'
import { logCrash } from '../processes/log-crash.ts'
import { rollingRestart } from '../processes/rolling-restart.ts'
import { type Supervised, supervise } from '../processes/supervise.ts'
import { replaced, waitForShutdown } from '../processes/wait-for-shutdown.ts'
import { beWatched } from '../processes/watchdog/be-watched.ts'
import { mostProcesses, wholeNumber } from '../terminal/arguments.ts'
import { cliActor } from '../terminal/cli-actor.ts'
import { curlLine } from '../terminal/curl-line.ts'
import { print, say } from '../terminal/output.ts'
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
      'Makes the database and a key where there are none, then runs the api and a worker, in processes of their own that come back if they end by themselves. SIGHUP restarts them one after another.',
    )
    .option(
      '--processes <n>',
      'api processes; without it, one for each core, at most 4',
      wholeNumber(1, mostProcesses),
    )
    .addHelpText('after', examples)
    .action(start)
}

const usualProcesses = () => Math.min(availableParallelism(), 4)

const start = async ({ processes = usualProcesses() }: { readonly processes?: number }) => {
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'start', secretsIn())
  logCrash(logger)
  const name = nameOfDatabase(config.database.url)
  await withDatabase(config.database, (db) => makeModel(db, name), { create: true })

  const running: Supervised[] = []
  const stopped = waitForShutdown({
    drainMs: config.drainSeconds * 1000,
    onReload: rollingRestart(() => running, logger),
  })
  let times = replaced
  try {
    // The api first: if its port is taken, nothing else has been started or said.
    const main = process.argv[1]
    const api = await startApiProcesses(main, processes, config, logger)
    running.push(api)
    const startWorker = () => fork(main, ['worker'])
    running.push(
      await supervise({
        start: startWorker,
        onCrash: (pauseMs) =>
          logger.warn(`The worker process has ended and comes back in ${pauseMs} ms`),
        hangMs: config.watchdogSeconds * 1000,
        onHang: (pid) =>
          logger.error(
            { childPid: pid },
            `The worker process sent no heartbeat for ${config.watchdogSeconds} seconds and is ended`,
          ),
      }),
    )
    beWatched(config, logger, 'start')
    await withDatabase(config.database, (db) => greet(db, api.ready))
    times = await stopped
  } finally {
    await Promise.all(running.map((child) => child.stop(times)))
  }
}

const makeModel = async (db: Database, name: string) => {
  const wishes = { samples: defaultSamples, seed: defaultSeed, demoKeys: false, force: false }
  if ((await generateDatabase(db, wishes)) === undefined) return
  say(`Made the database ${name} with training data and the model fitted to it.`)
}

/** Tells where the api is and how to ask it. The first key is made only now that it can be used. */
const greet = async (db: Database, url: string) => {
  const key = await withSetupLock(db, usableKey)
  say(`\ndsapi listens on ${url}\n`)
  if (key.kind === 'none') {
    say('No key is active any more. Make one: dsapi keys create --name me\n')
    return
  }
  if (key.kind === 'new') print(`Your API key, shown this once:\n\n  ${key.text}\n`)
  print(`Try it:\n\n  ${await curlLine(db, url, key.text)}\n`)
  if (key.kind === 'variable') {
    say(
      'KEY holds the key that the first start has shown, on whichever host. A new one: dsapi keys create --name me\n',
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
    const { key } = await createKey(db, { name: 'first key' }, cliActor())
    return { kind: 'new', text: key }
  }
  const isUsable = keys.some((key) => stateOf(key, now) === 'active')
  return isUsable ? { kind: 'variable', text: '$KEY' } : { kind: 'none' }
}
