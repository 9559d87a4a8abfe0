import { JobError } from './jobs/job-error.ts'
import type { ThreadAnswer } from './thread-pool.ts'

/** Makes an error of what a thread answered, with the stack of where it happened. */
export const threadError = ({
  message,
  stack,
  forOwner,
  isFinal,
}: ThreadAnswer & { readonly type: 'error' }): Error => {
  const error = forOwner ? new JobError(message, { isFinal }) : new Error(message)
  if (stack !== undefined) error.stack = stack
  return error
}
