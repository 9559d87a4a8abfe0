import { errorExamples } from '../../openapi/error-examples.ts'
import type { ErrorExample } from '../../openapi/operation.ts'

// Errors that every endpoint has which submits a job.

type Body = NonNullable<ErrorExample['body']>

/** @param body another one than that of the first request */
export const nameConflict = (body: Body): ErrorExample => ({
  code: 'idempotency_conflict',
  message: errorExamples.idempotency_conflict.message,
  parameters: { 'Idempotency-Key': 'order 7' },
  body,
})

/** @param body a valid one */
export const notAccepted = (body: Body): readonly ErrorExample[] =>
  (['queue_full', 'too_many_jobs', 'unavailable'] as const).map((code) => ({
    code,
    message: errorExamples[code].message,
    body,
  }))
