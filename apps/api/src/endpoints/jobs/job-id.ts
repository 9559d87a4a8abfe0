import { jobIds } from '../../openapi/example-ids.ts'
import type { ErrorExample } from '../../openapi/operation.ts'
import { idParameter } from '../../openapi/parameters.ts'

export const jobId = idParameter('The id that was returned when the job was submitted')

export const unknownJob: ErrorExample = {
  code: 'not_found',
  message: 'No such job',
  parameters: { id: jobIds.unknown },
}
