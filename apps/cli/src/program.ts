import { Command } from 'commander'
import { addDb } from './commands/db/index.ts'
import { addDocs } from './commands/docs.ts'
import { addDoctor } from './commands/doctor/index.ts'
import { addGendb } from './commands/gendb.ts'
import { addJobs } from './commands/jobs/index.ts'
import { addKeys } from './commands/keys/index.ts'
import { addModel } from './commands/model/index.ts'
import { addServe } from './commands/serve.ts'
import { addStart } from './commands/start.ts'
import { addWorker } from './commands/worker.ts'

/** The `dsapi` command with all that it can do. */
export const createProgram = (): Command => {
  const program = new Command('dsapi')
    .description('Puts a trained model behind an HTTP API.')
    .exitOverride()
    .showHelpAfterError('(add --help for more)')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage.')
  for (const add of [
    addStart,
    addGendb,
    addKeys,
    addJobs,
    addModel,
    addDb,
    addServe,
    addWorker,
    addDoctor,
    addDocs,
  ])
    add(program)
  return program
}
