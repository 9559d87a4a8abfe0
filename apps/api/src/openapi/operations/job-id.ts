import { jobIds } from '../example-ids.ts'
import type { ErrorExample } from '../operation.ts'
import { idParameter } from '../parameters.ts'

export const jobId = idParameter('As it was answered when the job was submitted')

export const unknownJob: ErrorExample = {
  code: 'not_found',
  message: 'No such job',
  parameters: { id: jobIds.unknown },
}
