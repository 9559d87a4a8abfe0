import { listKeys, stateOf } from '@dsapi/auth'
import { type Config, loadConfig } from '@dsapi/config'
import { type Database, findServer, nameOfDatabase, sqlitePath } from '@dsapi/db'
import { NoModelError } from '@dsapi/registry'
import { withDatabase } from '../../database/with-database.ts'
import { complaintAboutNode } from '../../node-version.ts'
import { ReportedError } from '../../terminal/cli-error.ts'
import { explainFailure } from '../../terminal/explain-failure.ts'
import { messageOf } from '../../terminal/message-of.ts'
import { print, printJson } from '../../terminal/output.ts'
import { quoteForShell } from '../../terminal/quote-for-shell.ts'
import { checkMetricsPort } from './check-metrics-port.ts'
import { checkModel, modelNames } from './check-model.ts'
import { filesOthersCanRead } from './files-others-can-read.ts'

type Check = {
  readonly part: string
  readonly ok: boolean
  /** It works, but needs attention. */
  readonly warning?: true
  readonly says: string
}

export const doctor = async ({ json }: { readonly json?: true }) => {
  const checks = await examine()
  if (json) printJson(checks)
  else
    for (const { part, ok, warning, says } of checks) {
      print(`${markOf(ok, warning)} ${part.padEnd(9)} ${says}`)
    }
  if (checks.some(({ ok }) => !ok)) throw new ReportedError()
}

const markOf = (ok: boolean, warning?: true) => (warning ? '!' : ok ? '✓' : '✗')

const check = async (part: string, examine: () => Promise<string> | string): Promise<Check> => {
  try {
    return { part, ok: true, says: await examine() }
  } catch (error) {
    return { part, ok: false, says: messageOf(explainFailure(error) ?? error) }
  }
}

const examine = async (): Promise<Check[]> => {
  const node = await check('Node', checkNode)
  let config: Config
  try {
    config = loadConfig()
  } catch (error) {
    return [node, { part: 'settings', ok: false, says: messageOf(error) }]
  }
  return [
    node,
    { part: 'settings', ok: true, says: 'valid' },
    ...(await examineDatabase(config)),
    await check('Redis', () => checkRedis(config)),
    await check('port', () => checkPort(config)),
    await check('metrics', () => checkMetricsPort(config)),
    await check('files', checkFiles),
  ]
}

const checkNode = () => {
  const complaint = complaintAboutNode(process.version)
  if (complaint === undefined) return process.version
  throw new Error(complaint)
}

/** Opens the database once for all checks: connecting to an unreachable server takes long. */
const examineDatabase = async (config: Config): Promise<Check[]> => {
  const name = nameOfDatabase(config.database.url)
  try {
    return await withDatabase(config.database, async (db) => [
      await check('database', async () => name + (await aboutServer(db))),
      ...(await checkPermissions(config.database.url)),
      ...(await checkModels(db)),
      await check('keys', () => checkKeys(db)),
    ])
  } catch (error) {
    const says = 'not checked, because the database cannot be used'
    return [
      { part: 'database', ok: false, says: messageOf(error) },
      { part: 'model', ok: false, says },
      { part: 'keys', ok: false, says },
    ]
  }
}

/** Warns of files of a SQLite database that other users of this machine can read. */
const checkPermissions = async (url: string): Promise<Check[]> => {
  const path = sqlitePath(url)
  if (path === undefined) return []
  const open = await filesOthersCanRead(path)
  if (open.length === 0) return []
  const says = `other users of this machine can read ${open.join(', ')}. Make the files private: chmod go= ${open.map(quoteForShell).join(' ')}`
  return [{ part: 'access', ok: true, warning: true, says }]
}

const aboutServer = async (db: Database) => {
  const server = await findServer(db)
  if (server === undefined) return ''
  return `, PostgreSQL ${server.version}, ${server.tls ?? 'without TLS'}`
}

/** Loads each model as a server that starts now would. */
const checkModels = async (db: Database): Promise<Check[]> => {
  const names = await modelNames(db)
  if (names.length === 0) return [await check('model', () => Promise.reject(new NoModelError()))]
  const checks: Check[] = []
  for (const name of names) checks.push(await check('model', () => checkModel(db, name)))
  return checks
}

const checkKeys = async (db: Database) => {
  const keys = await listKeys(db)
  const active = keys.filter((key) => stateOf(key, Date.now()) === 'active').length
  if (active > 0) return `${active} of ${keys.length} active`
  throw new Error('No key is active. Create one: dsapi keys create --name me')
}

const checkRedis = async ({ redisUrl, database }: Config) => {
  if (redisUrl === undefined) {
    return database.url.startsWith('sqlite:')
      ? 'not used (REDIS_URL): the queue is in the database alone'
      : 'not used (REDIS_URL): PostgreSQL wakes the workers (LISTEN/NOTIFY), and each host has its own rate limits'
  }
  const { pingRedis } = await import('@dsapi/queue')
  await pingRedis(redisUrl)
  return 'answers'
}

const checkPort = async ({ host, port }: Config) => {
  const { listen } = await import('@dsapi/api')
  try {
    const server = await listen(() => new Response(), host, port)
    await server.stop({ graceMs: 0, lingerMs: 0 })
    return `${port} on ${host} is free`
  } catch (error) {
    if (await answersAsDsapi(host, port)) return `${port} on ${host}: dsapi answers there`
    throw error
  }
}

/** With fewer file descriptors, few are left for connections. */
const fewestDescriptors = 1024

const checkFiles = async () => {
  const { descriptorLimit, mostConnections } = await import('@dsapi/api')
  const limit = descriptorLimit()
  if (limit === undefined) return 'this system does not report how many may be open'
  const connections = mostConnections(limit)
  if (limit >= fewestDescriptors) {
    return `${limit} may be open: up to ${connections} connections for each API process`
  }
  throw new Error(
    `Only ${limit} files may be open: about ${connections} connections for each API process. Raise the limit to ${fewestDescriptors} or more: ulimit -n, or LimitNOFILE in a systemd unit`,
  )
}

const patienceMs = 2000

const answersAsDsapi = async (host: string, port: number) => {
  const { createClient } = await import('@dsapi/client')
  const baseUrl = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  try {
    const { info } = await createClient({ baseUrl }).openapi({
      signal: AbortSignal.timeout(patienceMs),
    })
    return info.title === 'dsapi'
  } catch {
    return false
  }
}
