import { EngineUnavailableError } from '../engines/engine-unavailable-error.ts'
import { InputError } from '../input-error.ts'
import { ModelOptionsError } from '../kinds/model-options-error.ts'
import { ModelFailedError } from '../model-failed-error.ts'

/** An error as it goes from thread to thread, where classes are lost. */
export type PostedError = {
  readonly message: string
  /** For the log. */
  readonly stack?: string | undefined
  readonly sort:
    | ({ readonly type: 'input' } & Pick<InputError, 'isFinal' | 'row' | 'field'>)
    | { readonly type: 'modelFailed'; readonly row: number | undefined }
    | { readonly type: 'unavailable'; readonly reason: EngineUnavailableError['reason'] }
    | { readonly type: 'options' }
    | { readonly type: 'other' }
}

/** Makes of an error what can be posted. */
export const postedError = (error: unknown): PostedError =>
  error instanceof Error
    ? { message: error.message, stack: error.stack, sort: sortOf(error) }
    : { message: String(error), sort: { type: 'other' } }

const sortOf = (error: Error): PostedError['sort'] => {
  if (error instanceof InputError) {
    const { isFinal, row, field } = error
    return { type: 'input', isFinal, row, field }
  }
  if (error instanceof ModelFailedError) return { type: 'modelFailed', row: error.row }
  if (error instanceof EngineUnavailableError) return { type: 'unavailable', reason: error.reason }
  if (error instanceof ModelOptionsError) return { type: 'options' }
  return { type: 'other' }
}

/** Makes the error again of what was posted, with the stack of where it happened. */
export const errorOf = (posted: PostedError): Error => {
  const error = withoutStack(posted)
  if (posted.stack !== undefined) error.stack = posted.stack
  return error
}

const withoutStack = ({ message, sort }: PostedError): Error => {
  switch (sort.type) {
    case 'input':
      return new InputError(message, sort)
    case 'modelFailed':
      return new ModelFailedError(message, sort.row)
    case 'unavailable':
      return new EngineUnavailableError(sort.reason, message)
    case 'options':
      return new ModelOptionsError(message)
    case 'other':
      return new Error(message)
  }
}
