import {
  byteSize,
  decimalNumber,
  either,
  hostNames,
  hostOrAddress,
  hostsAndNetworks,
  oneOf,
  origins,
  type Parse,
  upTo,
  urlPath,
  wholeNumber,
  zeroOr,
} from './parse.ts'
import { httpUrl, postgresUrl, redisUrl, sqliteUrl } from './urls.ts'

const onOff = ['on', 'off'] as const
const platforms = ['sagemaker', 'vertex'] as const
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export type PlatformName = (typeof platforms)[number]
export type LogLevel = (typeof logLevels)[number]

/** An environment variable that dsapi reads. */
export type Setting<T> = {
  readonly variable: string
  /** Its purpose, as the reference of settings states it. */
  readonly meaning: string
  readonly allowed: string
  readonly parse: Parse<T>
  readonly fallback: T
}

const setting = <T>(setting: Setting<T>) => setting

/** All settings, by their names in `Config`. */
export const settings = {
  port: setting({
    variable: 'PORT',
    meaning: 'The port of the HTTP API. With 0 the system chooses a free one.',
    allowed: 'a whole number from 0 to 65535 (0: any free port)',
    parse: wholeNumber(0, 65535),
    fallback: 8000,
  }),
  host: setting({
    variable: 'HOST',
    meaning: 'The address on which the API listens.',
    allowed: 'an address or a host name',
    parse: hostOrAddress,
    fallback: '127.0.0.1',
  }),
  platform: setting<PlatformName | undefined>({
    variable: 'DSAPI_PLATFORM',
    meaning:
      'The platform whose container this is. The API then listens on all addresses (HOST) and on port 8080 (PORT), and answers the routes of the platform without a key, because the platform authenticates its clients. `dsapi serve --platform` sets it.',
    allowed: platforms.join(' or '),
    parse: oneOf(platforms),
    fallback: undefined,
  }),
  sagemakerPort: setting<number | undefined>({
    variable: 'SAGEMAKER_BIND_TO_PORT',
    meaning: 'On SageMaker, the port of the HTTP API. The platform sets it.',
    allowed: 'a whole number from 1 to 65535',
    parse: wholeNumber(1, 65535),
    fallback: undefined,
  }),
  vertexPort: setting<number | undefined>({
    variable: 'AIP_HTTP_PORT',
    meaning: 'On Vertex AI, the port of the HTTP API. The platform sets it.',
    allowed: 'a whole number from 1 to 65535',
    parse: wholeNumber(1, 65535),
    fallback: undefined,
  }),
  vertexHealthRoute: setting({
    variable: 'AIP_HEALTH_ROUTE',
    meaning: 'On Vertex AI, the path of the readiness probe. The platform sets it.',
    allowed: 'a path such as /health',
    parse: urlPath,
    fallback: '/health',
  }),
  vertexPredictRoute: setting({
    variable: 'AIP_PREDICT_ROUTE',
    meaning: 'On Vertex AI, the path of predictions. The platform sets it.',
    allowed: 'a path such as /predict',
    parse: urlPath,
    fallback: '/predict',
  }),
  metricsPort: setting<number | 'api' | 'off' | undefined>({
    variable: 'DSAPI_METRICS_PORT',
    meaning:
      'The port of `/metrics`. Without it the port is 9464, or a free one if 9464 is in use; the log names it. With `api`, the metrics are on the port of the API, for requests from the machine itself. A proxy on the machine that sends no header of its own counts as such a request. With `off` there are none.',
    allowed: 'a whole number from 0 to 65535 (0: any free port), api or off',
    parse: either(wholeNumber(0, 65535), oneOf(['api', 'off'])),
    fallback: undefined,
  }),
  metricsHost: setting({
    variable: 'DSAPI_METRICS_HOST',
    meaning:
      'The address on which the port of `/metrics` listens. Everyone who can reach it can read the metrics, without a key.',
    allowed: 'an address or a host name',
    parse: hostOrAddress,
    fallback: '127.0.0.1',
  }),
  allowedHosts: setting<readonly string[]>({
    variable: 'DSAPI_ALLOWED_HOSTS',
    meaning:
      'Names in `Host`, besides those of loopback, under which the server serves what is only for its own machine: metrics, and requests with demo keys.',
    allowed: 'host names without ports, with commas between them, such as api.example.com',
    parse: hostNames,
    fallback: [],
  }),
  databaseUrl: setting({
    variable: 'DATABASE_URL',
    meaning:
      'The database: SQLite, or PostgreSQL for several machines. A relative path starts in the folder where the command was typed. `?sslmode=verify-full&sslrootcert=FILE` switches TLS on, as in libpq.',
    allowed:
      'sqlite:PATH, for example sqlite:dsapi.sqlite, or postgres://USER:PASSWORD@HOST:PORT/NAME (percent-encoded where needed, with parameters of libpq only)',
    parse: either(sqliteUrl, postgresUrl),
    fallback: 'sqlite:dsapi.sqlite',
  }),
  databasePoolSize: setting({
    variable: 'DSAPI_DATABASE_POOL',
    meaning:
      'The largest number of PostgreSQL connections of one process. A worker without Redis has one more, for `LISTEN`.',
    allowed: 'a whole number from 1 to 1000',
    parse: wholeNumber(1, 1000),
    fallback: 5,
  }),
  databaseStatementSeconds: setting({
    variable: 'DSAPI_DATABASE_STATEMENT_SECONDS',
    meaning:
      'PostgreSQL cancels a statement that takes longer. Two seconds later dsapi closes a connection that has not answered.',
    allowed: 'a number of seconds from 0.1 to 3600',
    parse: decimalNumber(0.1, 3600),
    fallback: 10,
  }),
  databaseConnectSeconds: setting({
    variable: 'DSAPI_DATABASE_CONNECT_SECONDS',
    meaning:
      'How long dsapi tries to connect to PostgreSQL, at the start and after a lost connection.',
    allowed: 'a number of seconds from 0.1 to 3600',
    parse: decimalNumber(0.1, 3600),
    fallback: 5,
  }),
  redisUrl: setting<string | undefined>({
    variable: 'REDIS_URL',
    meaning:
      'A Redis server. bee-queue wakes workers through it, and rate limits are shared by all hosts. Without it, the database does the first, and each host limits rates by itself.',
    allowed:
      'redis://HOST:PORT, redis://USER:PASSWORD@HOST:PORT/NUMBER, or the same with rediss (percent-encoded where needed)',
    parse: redisUrl,
    fallback: undefined,
  }),
  slowSeconds: setting({
    variable: 'DSAPI_SLOW_SECONDS',
    meaning: 'The delay of a slow prediction. It stands for a model that takes long.',
    allowed: 'a number of seconds from 0 to 3600',
    parse: decimalNumber(0, 3600),
    fallback: 5,
  }),
  maxBody: setting({
    variable: 'DSAPI_MAX_BODY',
    meaning: 'The largest request body, for all requests except the next two.',
    allowed: 'a size such as 65536, 64KiB or 1MiB',
    parse: byteSize,
    fallback: 2 ** 20,
  }),
  maxInstances: setting({
    variable: 'DSAPI_MAX_INSTANCES',
    meaning: 'The largest body of `POST /predict`.',
    allowed: 'a size such as 16MiB or 500KiB',
    parse: byteSize,
    fallback: 16 * 2 ** 20,
  }),
  requestMemory: setting({
    variable: 'DSAPI_REQUEST_MEMORY',
    meaning:
      'How much memory the requests of one api process may take together, with their answers. A request for which not enough is left is answered 503. `POST /predict` takes five bytes for each byte of its body.',
    allowed: 'a size such as 256MiB or 1GiB',
    parse: byteSize,
    fallback: 256 * 2 ** 20,
  }),
  predictSeconds: setting({
    variable: 'DSAPI_PREDICT_SECONDS',
    meaning:
      'How long a thread may take to read a large body of `POST /predict`, or to predict a piece of its rows. A request that takes longer is answered with 413, and one of a protocol with 504.',
    allowed: 'a number of seconds from 0.1 to 3600',
    parse: decimalNumber(0.1, 3600),
    fallback: 10,
  }),
  maxModel: setting({
    variable: 'DSAPI_MAX_MODEL',
    meaning: 'The largest file of a model that can be added.',
    allowed: 'a size up to 1GiB, such as 64MiB or 1GiB',
    parse: upTo(2 ** 30, byteSize),
    fallback: 256 * 2 ** 20,
  }),
  modelCache: setting<string | undefined>({
    variable: 'DSAPI_MODEL_CACHE',
    meaning:
      'The folder for files of models that are larger than 1 MiB, which are read from the database. Without it, `dsapi/models` in the folder that `XDG_CACHE_HOME` names, or in `~/.cache`. If it cannot be written, a temporary folder takes its place, and the log names it.',
    allowed: 'a path',
    parse: (text) => text,
    fallback: undefined,
  }),
  watchdogSeconds: setting({
    variable: 'DSAPI_WATCHDOG_SECONDS',
    meaning:
      'A process whose event loop is blocked for longer is ended. Its parent process, systemd, Docker or Kubernetes starts it again. With 0 there is no watchdog.',
    allowed: '0, or a number of seconds from 1 to 3600',
    parse: zeroOr(decimalNumber(1, 3600)),
    fallback: 15,
  }),
  maxBatch: setting({
    variable: 'DSAPI_MAX_BATCH',
    meaning: 'The largest body of `POST /jobs/batch`.',
    allowed: 'a size such as 64MiB or 1GiB',
    parse: byteSize,
    fallback: 256 * 2 ** 20,
  }),
  maxResult: setting({
    variable: 'DSAPI_MAX_RESULT',
    meaning:
      'The largest result of a batch. A batch whose result would be larger fails without a result.',
    allowed: 'a size such as 64MiB or 1GiB',
    parse: byteSize,
    fallback: 2 ** 30,
  }),
  jobSeconds: setting({
    variable: 'DSAPI_JOB_SECONDS',
    meaning: 'The time limit of one attempt at a job.',
    allowed: 'a number of seconds from 0.1 to 604800',
    parse: decimalNumber(0.1, 604_800),
    fallback: 3600,
  }),
  queueLimit: setting({
    variable: 'DSAPI_QUEUE_LIMIT',
    meaning:
      'The largest number of waiting jobs. Above it, a new job is answered 503 `queue_full`.',
    allowed: 'a whole number from 1 to 1000000000',
    parse: wholeNumber(1, 1e9),
    fallback: 10_000,
  }),
  keyQueueLimit: setting({
    variable: 'DSAPI_KEY_QUEUE_LIMIT',
    meaning:
      'The largest number of waiting jobs of a key without a limit of its own (`--max-jobs`). Above it, a new job of the key is answered 429 `too_many_jobs`. The default leaves all places of the queue to any key.',
    allowed: 'a whole number from 1 to 1000000000',
    parse: wholeNumber(1, 1e9),
    fallback: 1e9,
  }),
  resultDays: setting({
    variable: 'DSAPI_RESULT_DAYS',
    meaning: 'How long the results of jobs are kept. The job itself is listed for as long again.',
    allowed: 'a number of days from 0.001 to 36500',
    parse: decimalNumber(0.001, 36_500),
    fallback: 7,
  }),
  webhookHosts: setting<readonly string[]>({
    variable: 'DSAPI_WEBHOOK_HOSTS',
    meaning:
      'Hosts inside the network of the server to which webhooks may be sent, also without TLS. Without it, webhooks are sent to public addresses and over HTTPS only. A name allows all addresses of that host. An address or a network allows hosts that have such addresses. Anyone who has a key can then send requests to these hosts. Servers and workers need the same value.',
    allowed:
      'host names, addresses and networks with commas between them, such as hooks.internal, 10.1.0.0/16',
    parse: hostsAndNetworks,
    fallback: [],
  }),
  drainSeconds: setting({
    variable: 'DSAPI_DRAIN_SECONDS',
    meaning:
      'After SIGTERM, how long `/readyz` answers 503 while requests are still served, so that a load balancer can send them elsewhere. The program that stops the process must allow 20 seconds more.',
    allowed: 'a number of seconds from 0 to 600',
    parse: decimalNumber(0, 600),
    fallback: 0,
  }),
  console: setting<(typeof onOff)[number]>({
    variable: 'DSAPI_CONSOLE',
    meaning: '`on` serves the web console at `/console`. With `off` there is none.',
    allowed: onOff.join(' or '),
    parse: oneOf(onOff),
    fallback: 'on',
  }),
  consoleHours: setting({
    variable: 'DSAPI_CONSOLE_HOURS',
    meaning:
      'How long a session of the web console lasts at most. It ends earlier with its key, and after 30 minutes in which nobody did anything.',
    allowed: 'a number of hours from 0.01 to 720',
    parse: decimalNumber(0.01, 720),
    fallback: 12,
  }),
  consoleInsecure: setting<(typeof onOff)[number]>({
    variable: 'DSAPI_CONSOLE_INSECURE',
    meaning:
      '`on` lets browsers sign in to the web console over plain HTTP from other machines. Everyone on the way can read the key and the cookie of the session.',
    allowed: onOff.join(' or '),
    parse: oneOf(onOff),
    fallback: 'off',
  }),
  predictionLog: setting<(typeof onOff)[number]>({
    variable: 'DSAPI_PREDICTION_LOG',
    meaning:
      '`on` stores fast predictions in the database, for `dsapi model drift`. Features may be personal data.',
    allowed: onOff.join(' or '),
    parse: oneOf(onOff),
    fallback: 'off',
  }),
  predictionLogDays: setting({
    variable: 'DSAPI_PREDICTION_LOG_DAYS',
    meaning: 'How long stored predictions are kept.',
    allowed: 'a number of days from 0.001 to 36500',
    parse: decimalNumber(0.001, 36_500),
    fallback: 30,
  }),
  auditDays: setting({
    variable: 'DSAPI_AUDIT_DAYS',
    meaning:
      'How long the audit entries of keys and models are kept. With 0, they are kept for ever.',
    allowed: '0, or a number of days from 1 to 36500',
    parse: zeroOr(decimalNumber(1, 36_500)),
    fallback: 0,
  }),
  modelDays: setting({
    variable: 'DSAPI_MODEL_DAYS',
    meaning:
      'How long a version of a model is kept after it was last served, or was last a canary or shadow. With 0, all versions are kept until they are removed.',
    allowed: '0, or a number of days from 1 to 36500',
    parse: zeroOr(decimalNumber(1, 36_500)),
    fallback: 0,
  }),
  trafficDays: setting({
    variable: 'DSAPI_TRAFFIC_DAYS',
    meaning:
      'How long the counts of requests by minute, key and route are kept. With 0, they are not stored.',
    allowed: 'a number of days from 0 to 3650',
    parse: decimalNumber(0, 3650),
    fallback: 8,
  }),
  otlpEndpoint: setting<string | undefined>({
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    meaning: 'An OpenTelemetry collector that receives traces, such as `http://localhost:4318`.',
    allowed: 'http://HOST:PORT or https://HOST:PORT, without a query',
    parse: httpUrl,
    fallback: undefined,
  }),
  corsOrigins: setting<readonly string[]>({
    variable: 'DSAPI_CORS_ORIGINS',
    meaning: 'The origins of web pages that may call the API, separated by commas. `*` allows any.',
    allowed: 'origins with commas between them, such as https://app.example.com, or *',
    parse: origins,
    fallback: [],
  }),
  logLevel: setting<LogLevel>({
    variable: 'LOG_LEVEL',
    meaning:
      'The lowest level that is logged. Logs are JSON lines on standard error, and coloured text on a terminal.',
    allowed: logLevels.join(', '),
    parse: oneOf(logLevels),
    fallback: 'info',
  }),
}
