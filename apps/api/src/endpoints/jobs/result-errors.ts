import { jobIds } from '../../openapi/example-ids.ts'
import type { ErrorExample } from '../../openapi/operation.ts'
import { unknownJob } from './job-id.ts'

/** Why there is no result, for each state in which a job may be. */
export const resultErrors: readonly ErrorExample[] = [
  {
    code: 'not_ready',
    message: 'The result is not ready yet',
    parameters: { id: jobIds.queued },
  },
  unknownJob,
  { code: 'gone', message: 'The job was cancelled', parameters: { id: jobIds.cancelled } },
  {
    code: 'prediction_failed',
    message: 'The prediction failed: the worker ran out of memory',
    parameters: { id: jobIds.failed },
  },
  { code: 'internal', message: 'Internal server error', parameters: { id: jobIds.queued } },
]
