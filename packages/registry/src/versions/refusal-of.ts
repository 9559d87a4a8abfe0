import { ModelRefusedError, type RefusalCode } from '../errors.ts'

/** What those that read files, start engines and check samples call their errors. */
const codeOfError: Readonly<Record<string, RefusalCode>> = {
  CodeRefusedError: 'code',
  MissingEngineError: 'missing_engine',
  ModelOptionsError: 'invalid_options',
  NotAModelError: 'not_a_model',
  WrongSamplesError: 'wrong_samples',
}

/** Why a file could not be loaded, as a reason not to add it. */
export const refusalOf = (error: unknown): ModelRefusedError => {
  if (error instanceof ModelRefusedError) return error
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return new ModelRefusedError(codeOfError[name] ?? 'unreadable', message, { cause: error })
}
