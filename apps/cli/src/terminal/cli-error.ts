/** A command has failed; the message says why and what to do. Exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** The command line is wrong; the message says what is expected. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
