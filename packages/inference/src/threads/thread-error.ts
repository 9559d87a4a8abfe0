import { InputError } from '../input-error.ts'
import type { ThreadAnswer } from './thread-pool.ts'

/** Makes an error of what a thread answered, with the stack of where it happened. */
export const threadError = ({
  message,
  stack,
  forSender,
  isFinal,
}: ThreadAnswer & { readonly type: 'error' }): Error => {
  const error = forSender ? new InputError(message, { isFinal }) : new Error(message)
  if (stack !== undefined) error.stack = stack
  return error
}
