import { ReportedError, UsageError } from './cli-error.ts'
import { explainFailure } from './explain-failure.ts'
import { messageOf, traceOf } from './message-of.ts'
import { say } from './output.ts'

/**
 * These errors say all that a person needs; any other is a bug and comes with its trace.
 * They go by name so that a command which needs no server does not load one (see `serve.ts`).
 */
const expected = new Set([
  'CliError',
  'ConfigError',
  'DatabaseUnreachableError',
  'DatabaseError',
  'DamagedArtifactError',
  'EngineUnavailableError',
  'KeyError',
  'ListenError',
  'ModelChangeError',
  'ModelError',
  'ModelFailedError',
  'ModelRefusedError',
  'NoModelError',
  'RedisError',
  'StoredModelError',
  'VersionInUseError',
  'VersionNotFoundError',
])

/** Prints why a command failed, and returns its exit code. */
export const reportError = (error: unknown): number => {
  if (error instanceof ReportedError) return 1
  if (error instanceof UsageError) {
    say(messageOf(error))
    return 2
  }
  const isExpected = error instanceof Error && expected.has(error.name)
  const failure = isExpected ? undefined : explainFailure(error)
  if (isExpected || failure !== undefined) say(messageOf(failure ?? error))
  else say(traceOf(error))
  return 1
}

/** Prints an uncaught exception as Node would, but without the secrets that libraries attach to errors. */
export const reportCrash = (error: unknown): void => {
  const failure = explainFailure(error)
  say(failure === undefined ? traceOf(error) : messageOf(failure))
}
