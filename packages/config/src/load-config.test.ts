import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from './load-config.ts'
import { settings } from './settings.ts'

const complaintOf = (env: Record<string, string>) => {
  try {
    loadConfig(env, '/srv')
  } catch (error) {
    if (error instanceof ConfigError) return error.message
  }
  return 'no complaint'
}

describe('loadConfig', () => {
  test('an empty environment gives the documented defaults', () => {
    expect(loadConfig({}, '/srv')).toEqual({
      platform: undefined,
      port: 8000,
      host: '127.0.0.1',
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
      allowedHosts: [],
      database: {
        url: 'sqlite:/srv/dsapi.sqlite',
        poolSize: 5,
        statementTimeoutMs: 10_000,
        connectTimeoutMs: 5000,
      },
      redisUrl: undefined,
      slowSeconds: 5,
      maxBody: 1_048_576,
      maxInstances: 16_777_216,
      requestMemory: 256 * 2 ** 20,
      predictSeconds: 10,
      watchdogSeconds: 15,
      maxBatch: 268_435_456,
      maxModel: 268_435_456,
      modelCache: join(homedir(), '.cache/dsapi/models'),
      maxResult: 1_073_741_824,
      jobSeconds: 3600,
      queueLimit: 10_000,
      keyQueueLimit: 1_000_000_000,
      resultDays: 7,
      webhookHosts: [],
      drainSeconds: 0,
      predictionLog: 'off',
      predictionLogDays: 30,
      otlpEndpoint: undefined,
      corsOrigins: [],
      console: 'on',
      consoleHours: 12,
      consoleInsecure: 'off',
      trafficDays: 8,
      auditDays: 0,
      modelDays: 0,
      logLevel: 'info',
    })
  })

  test('every variable is read', () => {
    const env = {
      PORT: '0',
      HOST: '0.0.0.0',
      DSAPI_METRICS_PORT: '9464',
      DSAPI_METRICS_HOST: '10.0.0.7',
      DSAPI_ALLOWED_HOSTS: 'Metrics.internal, [fe80::1]',
      DATABASE_URL: 'sqlite:data/a.sqlite',
      DSAPI_DATABASE_POOL: '3',
      DSAPI_DATABASE_STATEMENT_SECONDS: '0.5',
      DSAPI_DATABASE_CONNECT_SECONDS: '60',
      REDIS_URL: 'redis://localhost:6379/2',
      DSAPI_SLOW_SECONDS: '0.25',
      DSAPI_MAX_BODY: '64KiB',
      DSAPI_MAX_INSTANCES: '2MiB',
      DSAPI_REQUEST_MEMORY: '1GiB',
      DSAPI_PREDICT_SECONDS: '2.5',
      DSAPI_WATCHDOG_SECONDS: '0',
      DSAPI_MAX_BATCH: '1GiB',
      DSAPI_MAX_MODEL: '512MiB',
      DSAPI_MODEL_CACHE: 'models',
      DSAPI_JOB_SECONDS: '60',
      DSAPI_QUEUE_LIMIT: '7',
      DSAPI_KEY_QUEUE_LIMIT: '5',
      DSAPI_RESULT_DAYS: '0.5',
      DSAPI_WEBHOOK_HOSTS: 'Hooks.internal, 10.1.0.0/16,fd00::/8',
      DSAPI_DRAIN_SECONDS: '10',
      DSAPI_PREDICTION_LOG: 'on',
      DSAPI_PREDICTION_LOG_DAYS: '90',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
      DSAPI_CORS_ORIGINS: 'https://a.example.com, http://localhost:3000',
      DSAPI_CONSOLE: 'off',
      DSAPI_CONSOLE_HOURS: '1.5',
      DSAPI_CONSOLE_INSECURE: 'on',
      DSAPI_TRAFFIC_DAYS: '30',
      DSAPI_AUDIT_DAYS: '365',
      DSAPI_MODEL_DAYS: '90',
      LOG_LEVEL: 'debug',
    }
    expect(loadConfig(env, '/srv')).toEqual({
      platform: undefined,
      port: 0,
      host: '0.0.0.0',
      metricsPort: 9464,
      metricsHost: '10.0.0.7',
      allowedHosts: ['metrics.internal', '[fe80::1]'],
      database: {
        url: 'sqlite:/srv/data/a.sqlite',
        poolSize: 3,
        statementTimeoutMs: 500,
        connectTimeoutMs: 60_000,
      },
      redisUrl: 'redis://localhost:6379/2',
      slowSeconds: 0.25,
      maxBody: 65_536,
      maxInstances: 2_097_152,
      requestMemory: 2 ** 30,
      predictSeconds: 2.5,
      watchdogSeconds: 0,
      maxBatch: 1_073_741_824,
      maxModel: 536_870_912,
      modelCache: '/srv/models',
      maxResult: 1_073_741_824,
      jobSeconds: 60,
      queueLimit: 7,
      keyQueueLimit: 5,
      resultDays: 0.5,
      webhookHosts: ['hooks.internal', '10.1.0.0/16', 'fd00::/8'],
      drainSeconds: 10,
      predictionLog: 'on',
      predictionLogDays: 90,
      otlpEndpoint: 'http://localhost:4318',
      corsOrigins: ['https://a.example.com', 'http://localhost:3000'],
      console: 'off',
      consoleHours: 1.5,
      consoleInsecure: 'on',
      trafficDays: 30,
      auditDays: 365,
      modelDays: 90,
      logLevel: 'debug',
    })
  })

  test.each([
    [
      { PORT: '80a' },
      'PORT is "80a", but must be a whole number from 0 to 65535 (0: any free port)',
    ],
    [{ PORT: '65536' }, 'PORT is "65536", but must be'],
    [{ PORT: '-1' }, 'PORT is "-1", but must be'],
    [{ PORT: '0'.repeat(20) }, 'but must be a whole number from 0'],
    [{ DSAPI_JOB_SECONDS: `1.${'0'.repeat(20)}` }, 'but must be a number of seconds'],
    [{ DSAPI_MAX_BODY: `${'0'.repeat(20)}1MiB` }, 'but must be a size'],
    [{ DSAPI_PLATFORM: 'azure' }, 'DSAPI_PLATFORM is "azure", but must be sagemaker or vertex'],
    [{ DSAPI_PLATFORM: 'vertex', AIP_HTTP_PORT: '0' }, 'AIP_HTTP_PORT is "0", but must be'],
    [{ DSAPI_PLATFORM: 'vertex', AIP_PREDICT_ROUTE: 'predict' }, 'but must be a path'],
    [{ DSAPI_PLATFORM: 'vertex', AIP_HEALTH_ROUTE: '/a?b' }, 'but must be a path'],
    [{ DSAPI_METRICS_PORT: 'on' }, 'DSAPI_METRICS_PORT is "on", but must be a whole number'],
    [{ DSAPI_ALLOWED_HOSTS: 'a.example.com:80' }, 'but must be host names without ports'],
    [{ DSAPI_WEBHOOK_HOSTS: 'http://a.example.com' }, 'but must be host names, addresses'],
    [{ DSAPI_WEBHOOK_HOSTS: '10.0.0.0/33' }, 'but must be host names, addresses'],
    [{ DSAPI_WEBHOOK_HOSTS: '10.0.0/8' }, 'but must be host names, addresses'],
    [{ DSAPI_WEBHOOK_HOSTS: 'a:80' }, 'but must be host names, addresses'],
    [{ DSAPI_ALLOWED_HOSTS: 'a,,b' }, 'but must be host names without ports'],
    [
      { DSAPI_SLOW_SECONDS: 'soon' },
      'DSAPI_SLOW_SECONDS is "soon", but must be a number of seconds',
    ],
    [{ DSAPI_MAX_BODY: '1MB' }, 'DSAPI_MAX_BODY is "1MB", but must be a size such as'],
    [{ DSAPI_MAX_BODY: '0' }, 'DSAPI_MAX_BODY is "0", but must be'],
    [{ DSAPI_QUEUE_LIMIT: '0' }, 'DSAPI_QUEUE_LIMIT is "0", but must be'],
    [{ DSAPI_RESULT_DAYS: '0' }, 'DSAPI_RESULT_DAYS is "0", but must be'],
    [{ DSAPI_PREDICTION_LOG: 'true' }, 'DSAPI_PREDICTION_LOG is "true", but must be on or off'],
    [{ DSAPI_PREDICTION_LOG_DAYS: '0' }, 'DSAPI_PREDICTION_LOG_DAYS is "0", but must be'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, 'but must be http://HOST:PORT'],
    [{ DSAPI_CORS_ORIGINS: 'a.example.com' }, 'but must be origins with commas between'],
    [{ DSAPI_CORS_ORIGINS: 'https://a.example.com/path' }, 'but must be origins'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud", but must be fatal, error'],
    [{ REDIS_URL: 'localhost' }, 'but must be redis://HOST:PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'but must be sqlite:PATH'],
    [{ DSAPI_DATABASE_POOL: '0' }, 'DSAPI_DATABASE_POOL is "0", but must be'],
    [{ REDIS_URL: 'redis://h/abc' }, 'REDIS_URL is "redis://h/abc", but must be redis://HOST:PORT'],
    [{ REDIS_URL: 'redis://h/1/2' }, 'REDIS_URL is'],
    [{ REDIS_URL: 'redis://h:0/1' }, 'REDIS_URL is'],
    [{ REDIS_URL: 'redis://h:99999' }, 'REDIS_URL is'],
    [{ REDIS_URL: 'redis:///1' }, 'REDIS_URL is'],
    [{ REDIS_URL: 'redis://:100%@h' }, 'REDIS_URL is "redis://…@h"'],
    [{ REDIS_URL: 'redis://h?db=3' }, 'REDIS_URL is'],
    [{ REDIS_URL: 'redis://h#1' }, 'REDIS_URL is'],
    [{ REDIS_URL: 'redis://h\n' }, 'REDIS_URL is'],
    [{ DATABASE_URL: 'postgres://h/a/b' }, 'DATABASE_URL is'],
    [{ DATABASE_URL: 'postgres://me:12/ss@h/db' }, 'DATABASE_URL is "postgres://…@h/db"'],
    [{ DATABASE_URL: 'postgres://me:12?ss@h/db' }, 'DATABASE_URL is "postgres://…@h/db"'],
    [{ DATABASE_URL: 'postgres://me:12#ss@h/db' }, 'DATABASE_URL is "postgres://…@h/db"'],
    [{ DATABASE_URL: 'postgres://me:100%@h/db' }, 'DATABASE_URL is'],
    [{ DATABASE_URL: 'postgres://h/db?sslmode=on' }, 'DATABASE_URL is'],
    [{ DATABASE_URL: 'postgres://h/db?ssl_mode=require' }, 'DATABASE_URL is'],
    [{ DATABASE_URL: 'postgres:///db' }, 'DATABASE_URL is'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h:4318?x=1' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h:4318/#x' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is'],
    [{ HOST: 'http://localhost' }, 'HOST is'],
    [{ HOST: '[::1]' }, 'HOST is'],
    [{ HOST: 'localhost:8000' }, 'HOST is'],
    [{ HOST: 'a b' }, 'HOST is'],
  ])('%o is refused with the variable, the value and what is allowed', (env, message) => {
    expect(complaintOf(env as Record<string, string>)).toContain(message)
  })

  test('all wrong variables are named at once, one a line', () => {
    const lines = complaintOf({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL'])
  })

  test('a URL that may hold a password is not repeated', () => {
    expect(complaintOf({ REDIS_URL: 'http://me:hunter2@h' })).not.toContain('hunter2')
    for (const url of [
      'mysql://me:hunter2@h',
      'postgres:me:hunter2@h',
      'mysql://h/name?password=hunter2&sslmode=require',
      'postgres:/h?PASSWORD=hunter2',
      'postgres://me:hunter2',
      'postgres://:hunter2/db',
      'postgres://me:1/hunter2@h/db',
      'postgres://me:\nhunter2@h/db',
      'postgres://me:@hunter2@h/a/b',
    ]) {
      expect(complaintOf({ DATABASE_URL: url })).not.toContain('hunter2')
    }
  })

  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://h:4318?api-key=hunter2'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://h:4318/v1/traces?x=1&token=hunter2'],
    ['REDIS_URL', 'redis://h:6379/0#hunter2'],
    ['DATABASE_URL', 'postgres://h/db?pass=hunter2'],
  ])('a secret anywhere in %s is not repeated: %s', (variable, text) => {
    const complaint = complaintOf({ [variable]: text })
    expect(complaint).toContain(variable)
    expect(complaint).not.toContain('hunter2')
  })

  test('a variable set to nothing counts as not set', () => {
    expect(loadConfig({ PORT: '', REDIS_URL: '' }, '/srv')).toMatchObject({
      port: 8000,
      redisUrl: undefined,
    })
  })

  test.each([
    'redis://localhost',
    'redis://localhost/',
    'redis://:p%40ss%2F@h:6379/15',
    'rediss://user:pass@[::1]:6380/0',
  ])('REDIS_URL may be %s', (url) => {
    expect(loadConfig({ REDIS_URL: url }).redisUrl).toBe(url)
  })

  test.each([
    'postgres://me:p%40ss%2F@h:5433/my%20db?sslmode=verify-full&sslrootcert=%2Fca.pem',
    'postgresql://h',
    'postgres:///db?host=/var/run/postgresql',
    'postgres://me@h/db?password=a%26b&options=-c%20geqo%3Doff&channel_binding=require',
  ])('DATABASE_URL may be %s', (url) => {
    expect(loadConfig({ DATABASE_URL: url }).database.url).toBe(url)
  })

  test.each(['127.0.0.1', '::', '::1', 'localhost', 'a-b.example.com'])(
    'HOST may be %s',
    (host) => {
      expect(loadConfig({ HOST: host }).host).toBe(host)
    },
  )

  test('any text in any variable gives a config or a ConfigError', () => {
    const variables = Object.values(settings).map(({ variable }) => variable)
    const begin = [
      '',
      'sqlite:',
      'postgres://',
      'redis://',
      'http://',
      'redis://h/',
      'postgres://h/',
    ]
    // Of what settings are made of, drawn by a generator with a seed, so that a failure can be seen again.
    const pieces = [
      'a',
      'h',
      ':',
      '/',
      '@',
      '%',
      '%41',
      '%zz',
      '?',
      '#',
      '&',
      '=',
      ' ',
      '\n',
      '\\',
      '1',
      '65536',
      '[',
      ']',
      '::1',
      'ü',
      '\ud800',
      '\0',
      '*',
      ',',
      '.',
      '-',
    ]
    let seed = 1
    const draw = (below: number) => {
      seed = (seed * 48271) % 2147483647
      return seed % below
    }
    for (let i = 0; i < 20_000; i++) {
      const rest = Array.from({ length: draw(8) }, () => pieces[draw(pieces.length)]).join('')
      const value = begin[draw(begin.length)] + rest
      const variable = variables[draw(variables.length)]
      try {
        loadConfig({ [variable]: value }, '/srv')
      } catch (error) {
        if (!(error instanceof ConfigError))
          throw new Error(`${variable}=${JSON.stringify(value)}`, { cause: error })
      }
    }
  })

  test('the address of a PostgreSQL stays as it is', () => {
    const url = 'postgres://me@db:5433/dsapi?sslmode=verify-full'
    expect(loadConfig({ DATABASE_URL: url }).database.url).toBe(url)
  })

  test('an absolute database path stays as it is', () => {
    expect(loadConfig({ DATABASE_URL: 'sqlite:/var/x.sqlite' }, '/srv').database.url).toBe(
      'sqlite:/var/x.sqlite',
    )
  })

  test("under the repository's own script, paths start where the command was typed", () => {
    const env = { npm_package_name: 'dsapi', INIT_CWD: '/home/me' }
    expect(loadConfig(env, '/repo').database.url).toBe('sqlite:/home/me/dsapi.sqlite')
  })

  test("under another project's script, paths start in the current folder", () => {
    const env = { npm_package_name: 'their-app', INIT_CWD: '/home/me' }
    expect(loadConfig(env, '/repo').database.url).toBe('sqlite:/repo/dsapi.sqlite')
  })
})

test.each(['api', 'off'])('the port of the metrics may be %s', (word) => {
  expect(loadConfig({ DSAPI_METRICS_PORT: word }).metricsPort).toBe(word)
})

describe('a platform', () => {
  const platformOf = (env: Record<string, string>) => {
    const { platform, port, host } = loadConfig(env, '/srv')
    return { platform, port, host }
  }

  test('sets the port, the address and the routes', () => {
    expect(platformOf({ DSAPI_PLATFORM: 'sagemaker' })).toEqual({
      platform: { name: 'sagemaker', healthRoute: '/ping', predictRoute: '/invocations' },
      port: 8080,
      host: '0.0.0.0',
    })
    const vertex = {
      AIP_HTTP_PORT: '8085',
      AIP_HEALTH_ROUTE: '/v1/endpoints/1/deployedModels/2',
      AIP_PREDICT_ROUTE: '/v1/endpoints/1/deployedModels/2:predict',
    }
    expect(platformOf({ DSAPI_PLATFORM: 'vertex', PORT: '8000', ...vertex })).toEqual({
      platform: {
        name: 'vertex',
        healthRoute: vertex.AIP_HEALTH_ROUTE,
        predictRoute: vertex.AIP_PREDICT_ROUTE,
      },
      port: 8085,
      host: '0.0.0.0',
    })
  })

  test('leaves a port and an address that are set as they are, unless it sets a port itself', () => {
    const env = { DSAPI_PLATFORM: 'sagemaker', PORT: '9000', HOST: '127.0.0.1' }
    expect(platformOf(env)).toMatchObject({ port: 9000, host: '127.0.0.1' })
    expect(platformOf({ ...env, SAGEMAKER_BIND_TO_PORT: '9001' }).port).toBe(9001)
  })

  test('has no say where it is not named', () => {
    expect(platformOf({ AIP_HTTP_PORT: 'x', AIP_HEALTH_ROUTE: 'y' })).toMatchObject({ port: 8000 })
  })
})
