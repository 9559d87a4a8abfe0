/** A failure whose message is meant for the job's owner. The owner learns of any other error only that it was an
 * internal one, since its message may name details of the server. */
export class JobError extends Error {
  override readonly name = 'JobError'
  /** Whether another attempt would fail in the same way, so that none is made. */
  readonly isFinal: boolean

  /** @param options.cause what is behind it, for the log */
  constructor(
    message: string,
    { isFinal = false, ...options }: ErrorOptions & { readonly isFinal?: boolean } = {},
  ) {
    super(message, options)
    this.isFinal = isFinal
  }
}

/** What an owner reads of an error, at most: it may repeat what they sent. */
const longestReason = 1000

/** Why jobs fail that no computation has ended. */
const internalError = 'Internal error'
export const workerLost = 'The worker stopped each time it tried to compute this.'

/** What kind of failure a reason is of, in a word that has nothing of the job's input. */
export const errorCodes = ['timed_out', 'worker_lost', 'internal', 'failed'] as const

export const errorCodeOf = (reason: string): (typeof errorCodes)[number] => {
  if (reason === internalError) return 'internal'
  if (reason === workerLost) return 'worker_lost'
  return /^(It|A piece of the work) took longer than \d/.test(reason) ? 'timed_out' : 'failed'
}

/** The reason for a failure that a job's owner may read. */
export const reasonFor = (error: unknown): string => {
  if (!(error instanceof JobError)) return internalError
  const { message } = error
  return message.length > longestReason ? `${message.slice(0, longestReason - 1)}…` : message
}

/** A line of a stack trace, and whatever follows it. */
const trace = /\n {4}at /

/** The reason for a failure as it was stored; older versions stored the stack trace of the error with it. */
export const withoutTrace = (reason: string): string => {
  const start = reason.search(trace)
  return start < 0 ? reason : reason.slice(0, start).replace(/^[A-Za-z]{0,40}Error: /, '')
}
