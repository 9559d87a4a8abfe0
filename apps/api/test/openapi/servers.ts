import type { MadeKey } from '@dsapi/auth'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { layOut } from './example-world.ts'

const rate = { requests: 1_000_000, seconds: 3600 }

/** A server in whose database the examples are true, and a key that may do everything. */
export type ExampleServer = RunningApi & {
  readonly may: MadeKey
  /** Puts the database back into the state that the examples speak of. */
  readonly layOut: (document: OpenApiDocument) => Promise<void>
}

const exampleServer = async (options: Parameters<typeof runApi>[0]): Promise<ExampleServer> => {
  const api = await runApi(options)
  const may = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'], rate })
  // From now on the key is in memory, and found without the database.
  await fetch(`${api.url}/jobs`, { headers: { 'x-api-key': may.key } })
  return { ...api, may, layOut: (document) => layOut(api.db, document, may.stored.ownerId) }
}

const breakDatabase = async ({ db }: RunningApi) => {
  await db.updateTable('audit').set({ detail: 'not JSON' }).execute()
  await db.deleteFrom('named_models').execute()
  await db.schema.alterTable('jobs').renameTo('jobs_elsewhere').execute()
  await db.schema.alterTable('api_keys').renameTo('keys_elsewhere').execute()
}

/** A server for each thing that can be wrong with one. */
export const startServers = async (document: OpenApiDocument) => {
  const servers = {
    usual: await exampleServer({ statementTimeoutMs: 1000, config: { metricsPort: 'api' } }),
    /** No job may wait. */
    full: await exampleServer({ config: { queueLimit: 0 } }),
    /** No body is small enough. */
    tiny: await exampleServer({
      config: { maxBody: 1, maxInstances: 1, maxBatch: 1, maxModel: 1 },
    }),
    broken: await exampleServer({}),
  }
  await servers.broken.layOut(document)
  await breakDatabase(servers.broken)
  return servers
}

export type Servers = Awaited<ReturnType<typeof startServers>>

export const stopServers = async (servers: Servers) => {
  for (const api of Object.values(servers)) await api.stop()
}
