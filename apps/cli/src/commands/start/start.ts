import { availableParallelism } from 'node:os'
import { loadConfig, secretsIn } from '@dsapi/config'
import { type Database, nameOfDatabase } from '@dsapi/db'
import { createLogger } from '@dsapi/telemetry'
import { generateDatabase } from '../../database/generate-database.ts'
import { withDatabase } from '../../database/with-database.ts'
import { startApiProcesses } from '../../processes/api-processes.ts'
import { logCrashes } from '../../processes/log-crashes.ts'
import { rollingRestart } from '../../processes/rolling-restart.ts'
import type { Supervised } from '../../processes/supervise.ts'
import { replaced, waitForShutdown } from '../../processes/wait-for-shutdown.ts'
import { startWatchdog } from '../../processes/watchdog/start-watchdog.ts'
import { startWorkerProcess } from '../../processes/worker-process.ts'
import { say } from '../../terminal/output.ts'
import { defaultSamples, defaultSeed } from '../gendb/defaults.ts'
import { greet } from './greet.ts'

const usualProcesses = () => Math.min(availableParallelism(), 4)

export const start = async ({
  processes = usualProcesses(),
}: {
  readonly processes?: number
}): Promise<void> => {
  const config = loadConfig()
  const logger = createLogger(config.logLevel, 'start', secretsIn())
  logCrashes(logger)
  const name = nameOfDatabase(config.database.url)
  await withDatabase(config.database, (db) => createModel(db, name), { create: true })

  const running: Supervised[] = []
  const shutdown = waitForShutdown({
    drainMs: config.drainSeconds * 1000,
    onReload: rollingRestart(() => running, logger),
  })
  let times = replaced
  try {
    // The API first: if its port is in use, nothing else has been started or printed.
    const main = process.argv[1]
    const api = await startApiProcesses(main, processes, config, logger)
    running.push(api)
    running.push(await startWorkerProcess(main, config, logger))
    startWatchdog(config, logger, 'start')
    await withDatabase(config.database, (db) => greet(db, api.address, config.console === 'on'))
    times = await shutdown
  } finally {
    // All at once: each may take as long as its requests and jobs do.
    await Promise.all(running.map((child) => child.stop(times)))
  }
}

const createModel = async (db: Database, name: string) => {
  const options = { samples: defaultSamples, seed: defaultSeed, demoKeys: false, force: false }
  if ((await generateDatabase(db, options)) === undefined) return
  say(`Created the database ${name} with training data and a fitted model.`)
}
