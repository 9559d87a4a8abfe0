import { CommanderError } from 'commander'
import { createProgram } from './program.ts'

/** Loaded on failure only: it knows the settings and the database. */
export const reporter = () => import('./terminal/report-error.ts')

/**
 * Runs a command, and prints why it failed if it does.
 *
 * @param args what follows `dsapi` on the command line
 * @returns the exit code: 0 for success, 1 for failure, 2 for wrong usage
 */
export const runCommand = async (args: readonly string[]): Promise<number> => {
  try {
    await createProgram().parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // Commander has printed what is wrong. It ends `--help` by such an error too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return (await reporter()).reportError(error)
  }
}
