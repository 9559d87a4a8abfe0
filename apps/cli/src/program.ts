import { Command } from 'commander'
import { addAudit } from './commands/audit/index.ts'
import { addConsole } from './commands/console/index.ts'
import { addDb } from './commands/db/index.ts'
import { addDocs } from './commands/docs/index.ts'
import { addDoctor } from './commands/doctor/index.ts'
import { addGendb } from './commands/gendb/index.ts'
import { addJobs } from './commands/jobs/index.ts'
import { addKeys } from './commands/keys/index.ts'
import { addModel } from './commands/model/index.ts'
import { addServe } from './commands/serve/index.ts'
import { addStart } from './commands/start/index.ts'
import { addTraffic } from './commands/traffic/index.ts'
import { addWebhooks } from './commands/webhooks/index.ts'
import { addWorker } from './commands/worker/index.ts'

/** The `dsapi` command: names, options and help of all commands. What a command needs is imported when it runs. */
export const createProgram = (): Command => {
  const program = new Command('dsapi')
    .description('Serves a trained model over an HTTP API.')
    .exitOverride()
    .addHelpText('after', '\nExit codes: 0 success, 1 failure, 2 wrong usage.')
  for (const add of [
    addStart,
    addGendb,
    addKeys,
    addJobs,
    addWebhooks,
    addModel,
    addTraffic,
    addAudit,
    addDb,
    addServe,
    addWorker,
    addConsole,
    addDoctor,
    addDocs,
  ])
    add(program)
  nameHelp(program, 'dsapi')
  return program
}

/** Lets the errors of each command name the command that shows its help. */
const nameHelp = (command: Command, name: string): void => {
  command.showHelpAfterError(`For help: ${name} --help`)
  for (const below of command.commands) nameHelp(below, `${name} ${below.name()}`)
}
