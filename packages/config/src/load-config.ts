import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Platform, readPlatform } from './platform.ts'
import { type Setting, settings } from './settings.ts'
import { withoutPassword } from './urls.ts'

type Value<S> = S extends Setting<infer T> ? T : never

type Values = { readonly [K in keyof typeof settings]: Value<(typeof settings)[K]> }

/** The settings as the environment gives them, checked. Sizes are in bytes; the path of `sqlite:PATH` is absolute. */
export type Config = Omit<
  Values,
  `database${string}` | `vertex${string}` | 'modelCache' | 'platform' | 'sagemakerPort'
> & {
  /** Where the API runs as the container of a platform. */
  readonly platform: Platform | undefined
  /** The absolute path of a folder. */
  readonly modelCache: string
  readonly database: {
    readonly url: string
    /** These three are for PostgreSQL only. */
    readonly poolSize: number
    readonly statementTimeoutMs: number
    readonly connectTimeoutMs: number
  }
}

/** Some variables hold values that are not allowed; the message has one line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type Environment = Readonly<Record<string, string | undefined>>

const messageOf = ({ variable, allowed }: Setting<unknown>, text: string) =>
  `${variable} is ${JSON.stringify(withoutPassword(text))}, but must be ${allowed}`

/**
 * The folder where the command was typed, from which relative paths start. A script of the repository's package.json
 * runs in the repository's folder, and pnpm keeps the folder in which it was called in `INIT_CWD`.
 */
export const workingFolder = (
  env: Environment = process.env,
  cwd: string = process.cwd(),
): string => (env.npm_package_name === 'dsapi' && env.INIT_CWD) || cwd

/** Where programs keep what they can read again (XDG Base Directory Specification). */
const cacheFolder = (env: Environment) =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dsapi', 'models')

const absolute = (url: string, folder: string) =>
  url.replace(/^sqlite:(.+)$/, (_, path: string) => `sqlite:${resolve(folder, path)}`)

/**
 * Reads the settings from the environment, falling back to the documented defaults. A variable that
 * is set to nothing counts as not set. Relative paths are taken from the folder where the command
 * was typed.
 *
 * @throws ConfigError that names each wrong variable, its value and what is allowed
 */
export const loadConfig = (env: Environment = process.env, cwd = process.cwd()): Config => {
  const wrong: string[] = []
  const read = <T>(setting: Setting<T>): T => {
    const text = env[setting.variable]
    if (text === undefined || text === '') return setting.fallback
    const value = setting.parse(text)
    if (value === undefined) wrong.push(messageOf(setting, text))
    return value ?? setting.fallback
  }
  const config: Config = {
    ...readPlatform(read),
    metricsPort: read(settings.metricsPort),
    metricsHost: read(settings.metricsHost),
    allowedHosts: read(settings.allowedHosts),
    console: read(settings.console),
    consoleHours: read(settings.consoleHours),
    consoleInsecure: read(settings.consoleInsecure),
    database: {
      url: absolute(read(settings.databaseUrl), workingFolder(env, cwd)),
      poolSize: read(settings.databasePoolSize),
      statementTimeoutMs: read(settings.databaseStatementSeconds) * 1000,
      connectTimeoutMs: read(settings.databaseConnectSeconds) * 1000,
    },
    redisUrl: read(settings.redisUrl),
    slowSeconds: read(settings.slowSeconds),
    maxBody: read(settings.maxBody),
    maxInstances: read(settings.maxInstances),
    requestMemory: read(settings.requestMemory),
    predictSeconds: read(settings.predictSeconds),
    maxModel: read(settings.maxModel),
    modelCache: resolve(workingFolder(env, cwd), read(settings.modelCache) ?? cacheFolder(env)),
    watchdogSeconds: read(settings.watchdogSeconds),
    maxBatch: read(settings.maxBatch),
    maxResult: read(settings.maxResult),
    jobSeconds: read(settings.jobSeconds),
    queueLimit: read(settings.queueLimit),
    keyQueueLimit: read(settings.keyQueueLimit),
    resultDays: read(settings.resultDays),
    webhookHosts: read(settings.webhookHosts),
    drainSeconds: read(settings.drainSeconds),
    predictionLog: read(settings.predictionLog),
    predictionLogDays: read(settings.predictionLogDays),
    trafficDays: read(settings.trafficDays),
    auditDays: read(settings.auditDays),
    modelDays: read(settings.modelDays),
    otlpEndpoint: read(settings.otlpEndpoint),
    corsOrigins: read(settings.corsOrigins),
    logLevel: read(settings.logLevel),
  }
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return config
}
