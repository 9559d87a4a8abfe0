import { CommanderError } from 'commander'
import { StartFailed } from './processes/supervise.ts'
import { createProgram } from './program.ts'
import { UsageError } from './terminal/cli-error.ts'
import { tolerateClosedOutput } from './terminal/closed-output.ts'
import { explainTrouble } from './terminal/explain-trouble.ts'
import { messageOf, traceOf } from './terminal/message-of.ts'
import { say } from './terminal/output.ts'

tolerateClosedOutput()
// What is made here holds keys' hashes, people's inputs and results: for nobody else on the machine to read.
process.umask(0o077)

/**
 * These errors say all that a person needs; any other is a fault of ours and comes with its trace.
 * They go by name so that a command which needs no server does not load one (see `serve.ts`).
 */
const expected = new Set([
  'CliError',
  'ConfigError',
  'DatabaseUnreachableError',
  'DatabaseError',
  'KeyError',
  'ListenError',
  'ModelError',
  'NoModelError',
  'RedisError',
  'StoredModelError',
])

const report = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof StartFailed) return 1
  if (error instanceof UsageError) {
    say(messageOf(error))
    return 2
  }
  const isExpected = error instanceof Error && expected.has(error.name)
  const trouble = isExpected ? undefined : explainTrouble(error)
  if (isExpected || trouble !== undefined) say(messageOf(trouble ?? error))
  else say(traceOf(error))
  return 1
}

/** Node would print such an error with all that a library has hung on it, passwords too. */
process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return // A server logs it.
  const trouble = explainTrouble(error)
  say(trouble === undefined ? traceOf(error) : messageOf(trouble))
  process.exit(1)
})

try {
  await createProgram().parseAsync()
} catch (error) {
  const code = report(error)
  if (code !== 0) process.exitCode = code
}
// The channel to a parent process would keep this one alive.
if (process.connected) process.disconnect()
