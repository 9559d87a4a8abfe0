import { CommanderError } from 'commander'
import { UsageError } from './cli-error.ts'
import { say } from './output.ts'
import { createProgram } from './program.ts'
import { StartFailed } from './supervise.ts'

/**
 * These errors say all that a person needs; any other is a fault of ours and comes with its trace.
 * They go by name so that a command which needs no server does not load one (see `serve.ts`).
 */
const expected = new Set([
  'CliError',
  'ConfigError',
  'DatabaseAwayError',
  'DatabaseError',
  'KeyError',
  'ListenError',
  'ModelError',
  'NoModelError',
])

const report = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof StartFailed) return 1
  if (error instanceof UsageError) {
    say(error.message)
    return 2
  }
  if (!(error instanceof Error)) say(String(error))
  else say(expected.has(error.name) ? error.message : (error.stack ?? error.message))
  return 1
}

try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = report(error)
}
// The channel to a parent process would keep this one alive.
if (process.connected) process.disconnect()
