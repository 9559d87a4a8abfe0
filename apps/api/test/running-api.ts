import { createKey, type KeyOptions, type MadeKey } from '@dsapi/auth'
import { type Config, loadConfig } from '@dsapi/config'
import { type Database, openDatabase } from '@dsapi/db'
import { LogisticRegression, makeClassification } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { createLogger, type Logger } from '@dsapi/telemetry'
import { emptyDatabase } from '@dsapi/testing'
import type { Overload } from '../src/http/overload.ts'
import { type Api, type StopTimes, startApi } from '../src/index.ts'

/** An api on a port of its own, over a database of its own with a fitted model and two keys. */
export type RunningApi = Omit<Api, 'stop'> & {
  readonly stop: () => Promise<void>
  /** Stops it as one that load balancers must take notice of first. */
  readonly drain: (drainMs: number) => Promise<void>
  readonly db: Database
  readonly database: Config['database']
  readonly key: string
  readonly otherKey: string
  /** Makes another key. */
  readonly makeKey: (wishes?: Partial<KeyOptions>) => Promise<MadeKey>
}

/** Every member that some answer of the api has. */
export type Body = {
  readonly error: boolean
  readonly message: string
  readonly status: number
  readonly code: string
  readonly detail: readonly { readonly field: string; readonly message: string }[]
  readonly request_id: string
  readonly id: string
  readonly class: number | string
  readonly class_probabilities: readonly number[]
}

export const bodyOf = async (response: Response): Promise<Body> => (await response.json()) as Body

/** A model with these features. */
export const fitted = (featureNames: string[]) => {
  const { X, y } = makeClassification({
    nSamples: 100,
    nFeatures: featureNames.length,
    nInformative: 2,
    nRedundant: 0,
    randomState: 2,
  })
  return new LogisticRegression().fit(X, y, { featureNames })
}

type RunOptions = {
  readonly featureNames?: string[]
  /** The name of the only model; `default` by default. */
  readonly modelName?: string
  readonly config?: Partial<Config>
  readonly logger?: Logger
  /** For tests that wait for a statement which takes too long. */
  readonly statementTimeoutMs?: number
}

/** However busy the machine is that runs the tests. */
const patience = 120
const neverOverloaded = (): Overload => ({ isOverloaded: () => false, stop: () => {} })

export const runApi = async (options: RunOptions = {}): Promise<RunningApi> => {
  const base = loadConfig({ PORT: '0', DSAPI_METRICS_PORT: '0' })
  const { statementTimeoutMs = base.database.statementTimeoutMs } = options
  const database = { ...base.database, statementTimeoutMs, url: await emptyDatabase() }
  const db = await openDatabase(database, { create: true })
  const by = () => ({ actor: 'cli:test', now: Date.now() }) as const
  const makeKey = (wishes: Partial<KeyOptions> = {}) =>
    createKey(db, { name: 'test', ...wishes }, by())
  const { featureNames = ['feature_a', 'feature_b'], modelName: name = 'default' } = options
  await storeModel(db, fitted(featureNames), Date.now(), { name })
  const config = { ...base, database, predictSeconds: patience, ...options.config }
  const logger = options.logger ?? createLogger('silent', 'test')
  const api = await startApi(config, logger, neverOverloaded)
  const stop = async (times?: StopTimes) => {
    await api.stop(times)
    await db.destroy()
  }
  return {
    url: api.url,
    metricsUrl: api.metricsUrl,
    db,
    database,
    key: (await makeKey()).key,
    otherKey: (await makeKey()).key,
    makeKey,
    stop: () => stop(),
    drain: (drainMs) => stop({ drainMs, lingerMs: 0 }),
  }
}
