/**
 * The map that ARCHITECTURE.md draws: which workspace package may import which. Packages that are never shipped (`bench`,
 * `tools`) may import any.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  '@dsapi/model': [],
  '@dsapi/trees': [],
  '@dsapi/client': [],
  '@dsapi/config': [],
  '@dsapi/telemetry': [],
  '@dsapi/db': [],
  '@dsapi/auth': ['db'],
  '@dsapi/queue': ['db'],
  '@dsapi/webhooks': ['db'],
  '@dsapi/inference': ['model', 'trees'],
  '@dsapi/onnx': ['inference'],
  '@dsapi/python': ['inference'],
  '@dsapi/registry': ['db', 'inference', 'model', 'onnx', 'python'],
  '@dsapi/retention': ['db', 'registry'],
  '@dsapi/console': ['client', 'inference', 'model'],
  '@dsapi/api': [
    'auth',
    'console',
    'config',
    'db',
    'telemetry',
    'inference',
    'queue',
    'registry',
    'retention',
    'webhooks',
  ],
  '@dsapi/worker': [
    'config',
    'db',
    'telemetry',
    'inference',
    'queue',
    'registry',
    'retention',
    'webhooks',
  ],
  '@dsapi/cli': [
    'api',
    'auth',
    'client',
    'config',
    'db',
    'telemetry',
    'inference',
    'model',
    'queue',
    'registry',
    'retention',
    'webhooks',
    'worker',
  ],
  '@dsapi/testing': [],
}

/** What the tests of a package may import in addition. */
export const testsMayImport: Readonly<Record<string, readonly string[]>> = {
  '@dsapi/api': ['client', 'model'],
  '@dsapi/console': ['auth', 'db', 'model', 'queue', 'registry'],
  '@dsapi/worker': ['model'],
  '@dsapi/inference': ['db'],
}

export const neverShipped: readonly string[] = ['@dsapi/bench', '@dsapi/tools', '@dsapi/testing']

/** Packages that run in a browser too, so they import no library and no module of Node, except in folders for servers. */
export const pure: readonly {
  readonly name: string
  readonly serverFolders?: readonly string[]
}[] = [
  { name: '@dsapi/model' },
  { name: '@dsapi/trees' },
  { name: '@dsapi/client' },
  { name: '@dsapi/inference', serverFolders: ['src/threads/', 'src/engines/'] },
]

/** Folders of packages whose files are bundled into one script when the package is built, with all that they import. */
export const bundled: Readonly<Record<string, string>> = { '@dsapi/console': 'src/app/' }

/** Packages that only tests may import. */
export const forTests: readonly string[] = [
  '@dsapi/testing',
  'vitest',
  'fast-check',
  'standardwebhooks',
  'playwright-core',
  'axe-core',
]

/** The allowed owners of a library, which no other package may import: a package, or one file of it. */
export const allowedOwners: Readonly<Record<string, readonly string[]>> = {
  '@fastify/busboy': ['@dsapi/api'],
  'bee-queue': ['@dsapi/queue'],
  'better-sqlite3': ['@dsapi/db'],
  '@opentelemetry/api': ['@dsapi/telemetry'],
  '@opentelemetry/exporter-trace-otlp-http': ['@dsapi/telemetry'],
  '@opentelemetry/resources': ['@dsapi/telemetry'],
  '@opentelemetry/sdk-trace': ['@dsapi/telemetry'],
  commander: ['@dsapi/cli'],
  hono: ['@dsapi/api', '@dsapi/auth/src/authentication/hono.ts'],
  ioredis: ['@dsapi/queue', '@dsapi/auth/src/limits/redis-rate-store.ts'],
  kysely: ['@dsapi/db'],
  preact: ['@dsapi/console'],
  '@preact/signals': ['@dsapi/console'],
  'onnxruntime-web': ['@dsapi/onnx'],
  pg: ['@dsapi/db'],
  'pg-connection-string': ['@dsapi/db'],
  pino: ['@dsapi/telemetry'],
  'prom-client': ['@dsapi/api'],
  'rate-limiter-flexible': ['@dsapi/auth'],
  zod: ['@dsapi/api'],
}
