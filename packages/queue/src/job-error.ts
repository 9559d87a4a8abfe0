/** A failure whose message is meant for the job's owner. Any other error is told to them as nothing
 * but an internal one, since its message may name what is none of their business. */
export class JobError extends Error {
  override readonly name = 'JobError'
}

/** What a job's owner is told about an error. */
export const reasonFor = (error: unknown): string =>
  error instanceof JobError ? error.message : 'Internal error'
