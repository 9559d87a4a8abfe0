// Runs the command of this process, and sets what holds for the whole process.

import { reporter, runCommand } from './run-command.ts'
import { tolerateClosedOutput } from './terminal/closed-output.ts'

tolerateClosedOutput()
// The files made here hold hashes of keys, inputs and results: no other user of the machine may read them.
process.umask(0o077)

process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return // A server logs it.
  reporter()
    .then(({ reportCrash }) => reportCrash(error))
    .finally(() => process.exit(1))
})

const code = await runCommand(process.argv.slice(2))
if (code !== 0) process.exitCode = code
// The channel to a parent process would keep this one alive.
if (process.connected) process.disconnect()
