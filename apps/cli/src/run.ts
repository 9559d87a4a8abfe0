import { CommanderError } from 'commander'
import { createProgram } from './program.ts'
import { tolerateClosedOutput } from './terminal/closed-output.ts'

tolerateClosedOutput()
// The files made here hold hashes of keys, inputs and results: no other user of the machine may read them.
process.umask(0o077)

/** Loaded on failure only: it knows the settings and the database. */
const reporter = () => import('./terminal/report-error.ts')

process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return // A server logs it.
  reporter()
    .then(({ reportCrash }) => reportCrash(error))
    .finally(() => process.exit(1))
})

/** 2 for wrong usage, which commander has printed; it ends `--help` by such an error too. */
const codeOf = ({ exitCode }: CommanderError) => (exitCode === 0 ? 0 : 2)

try {
  await createProgram().parseAsync()
} catch (error) {
  const code =
    error instanceof CommanderError ? codeOf(error) : (await reporter()).reportError(error)
  if (code !== 0) process.exitCode = code
}
// The channel to a parent process would keep this one alive.
if (process.connected) process.disconnect()
