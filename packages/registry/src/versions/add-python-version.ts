import type { Database } from '@dsapi/db'
import type { PythonModel } from '@dsapi/python'
import type { ModelHost } from '../loading/model-host.ts'
import { type AddOptions, type AddResult, addVersion } from './add-version.ts'

type AddPythonOptions = Omit<AddOptions, 'content' | 'maxBytes' | 'allowCode'> & {
  /** The code to run, which an operator has named on the server. It must not come over a network. */
  readonly python: PythonModel
}

/**
 * Adds Python code as the newest version of a model, as `addVersion` adds a file.
 *
 * @throws ModelRefusedError when it cannot be served
 */
export const addPythonVersion = async (
  db: Database,
  host: ModelHost,
  { python, ...options }: AddPythonOptions,
): Promise<AddResult> => {
  const { writePythonModel } = await import('@dsapi/python')
  const file = new TextEncoder().encode(writePythonModel(python))
  const content = (async function* () {
    yield file
  })()
  return addVersion(db, host, { ...options, content, maxBytes: file.length, allowCode: true })
}
