/** A command cannot do what it was asked to; the message says why and what to do. Exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** The command was called in a way that makes no sense; the message says how it would. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
