/** A command has failed; the message says why and what to do. Exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** A command has failed and has printed why. Exit code 1. */
export class ReportedError extends Error {
  override readonly name: string = 'ReportedError'
}

/** The command line is wrong; the message says what is expected. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
