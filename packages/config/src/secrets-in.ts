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
 * Finds the secrets in the environment of this process, so that they can be left out of everything that it writes. It
 * reads wrong settings too, because an error may quote them.
 *
 * @param others other URLs, for example of an option
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
