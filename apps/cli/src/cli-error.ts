/** A command cannot do what it was asked to; the message says why and what to do. Exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError'
}
