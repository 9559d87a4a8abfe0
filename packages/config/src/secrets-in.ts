type Environment = Readonly<Record<string, string | undefined>>

const variables = ['REDIS_URL', 'DATABASE_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const
/** `NAME=VALUE` with commas between them (OpenTelemetry, environment variables of the OTLP exporter). */
const headerVariables = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'] as const

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Each secret as it was written, as it is, and as a URL has it. */
const forms = (secret: string) => [
  secret,
  decoded(secret),
  encodeURI(decoded(secret)),
  encodeURIComponent(decoded(secret)),
]

const passwordsIn = (url: string): string[] => {
  // In two steps: in one, a long row of slashes would take quadratic time.
  const credentials = (/^[^:]*:(.*)@/s.exec(url)?.[1] ?? '').replace(/^\/+/, '')
  const colon = credentials.indexOf(':')
  const named = [...url.matchAll(/password=([^&#]*)/gi)].map(([, password]) => password)
  return colon < 0 ? named : [credentials.slice(colon + 1), ...named]
}

/**
 * The secrets that this process was given in its environment, so that they can be left out of all that it writes. The
 * settings need not be right: a wrong one may stand in an error.
 *
 * @param others other URLs, such as an option's
 */
export const secretsIn = (
  env: Environment = process.env,
  others: readonly string[] = [],
): readonly string[] => {
  const urls = [...variables.map((name) => env[name] ?? ''), ...others]
  const headers = headerVariables.flatMap((name) => (env[name] ?? '').split(','))
  const secrets = [
    ...urls.flatMap(passwordsIn),
    ...headers.map((header) => header.slice(header.indexOf('=') + 1)),
  ]
  return [...new Set(secrets.flatMap(forms))].filter((secret) => secret !== '')
}
