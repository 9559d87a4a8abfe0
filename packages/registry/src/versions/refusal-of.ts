import type { Kind } from '@dsapi/inference'
import { ModelRefusedError, type RefusalCode } from '../errors.ts'

/** What engines and the check of samples call their errors. */
const codeOfError: Readonly<Record<string, RefusalCode>> = {
  MissingEngineError: 'missing_engine',
  SamplesDifferError: 'wrong_samples',
  WrongSamplesError: 'wrong_samples',
}

/** Why a file could not be loaded, as a reason not to add it. */
export const refusalOf = (error: unknown, kind: Kind | undefined): ModelRefusedError => {
  if (error instanceof ModelRefusedError) return error
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  const code = codeOfError[name] ?? (kind === undefined ? 'not_a_model' : 'unreadable')
  return new ModelRefusedError(code, message, { cause: error })
}
