import { jobStates } from '@dsapi/db'
import { jobKinds } from '@dsapi/inference'
import { errorCodes } from '@dsapi/queue'
import { z } from 'zod'
import { instant, instantText, nextCursor, pageQuery, uuid } from '../../openapi/common-schemas.ts'
import { webhookSchemas } from '../webhooks/webhook-schemas.ts'

export const listQuery = z.object({
  all: z.enum(['true', 'false']).optional().meta({
    description:
      'With `true`, lists the jobs of all keys, without their inputs and results. This requires the scope `admin`',
  }),
  state: z.enum(jobStates).optional().meta({ description: 'List only jobs in this state' }),
  kind: z.enum(jobKinds).optional().meta({ description: 'List only jobs of this kind' }),
  model: z.string().max(64).optional().meta({ description: 'List only jobs for this model' }),
  owner: z.string().max(64).optional().meta({
    description:
      'With `all=true`, list only jobs of the key with this id, and of the keys that it was rotated from or to',
  }),
  since: instantText.optional().meta({
    format: 'date-time',
    description: 'List only jobs that were created at this instant or later',
  }),
  until: instantText.optional().meta({
    format: 'date-time',
    description: 'List only jobs that were created before this instant',
  }),
  id_prefix: z
    .string()
    .max(36)
    .regex(/^[0-9a-f-]{1,36}$/i, 'must be the first characters of the id of a job')
    .optional()
    .meta({ description: 'List only jobs whose ids start with these characters, ordered by id' }),
  ...pageQuery(50),
})

/** The ids of jobs that are changed at once. */
export const jobIdList = z.strictObject({
  ids: z
    .array(z.string().max(64))
    .min(1)
    .max(500)
    .meta({ description: 'The ids of the jobs. An id that is there twice counts once' }),
})

const BatchSummary = z
  .object({
    model_version: z.string(),
    rows: z.int().min(0),
    failed_rows: z.int().min(0),
    header: z.string().meta({ description: 'The header of the CSV result' }),
    classes: z
      .array(z.union([z.number(), z.string()]))
      .optional()
      .meta({
        description:
          'The classes of the model, as numbers or texts. They are absent if the model has none, and from results of older versions of dsapi.',
      }),
    values: z.array(z.string()).optional().meta({
      description: 'What the values are called, if the model has no classes',
    }),
    chunks: z.int().min(0),
  })
  .meta({ description: 'A summary of the result of a batch. The rows are at `/jobs/{id}/result`.' })

/** @param result what a job of the other kind leaves */
export const jobSchemas = (result: z.ZodType) => {
  const Job = z.object({
    id: uuid,
    kind: z.enum(jobKinds),
    state: z.enum(jobStates),
    attempts: z.int().min(0).meta({ description: 'The number of attempts that have started' }),
    model_version: z.string().optional().meta({
      description:
        'The version of the model that the job uses, which was served when it was submitted. It is absent from jobs of older versions of dsapi.',
    }),
    created_at: instant,
    started_at: instant.nullable().meta({ description: 'When the last attempt started' }),
    finished_at: instant.nullable(),
    webhook_url: z
      .string()
      .optional()
      .meta({ description: 'Where the end of the job is reported' }),
    cleared_at: instant
      .optional()
      .meta({ description: 'When the result was deleted because its retention time was over' }),
    progress: z.number().min(0).max(1).nullable().optional(),
    result: z.union([result, BatchSummary]).optional(),
    error: z.string().optional().meta({ description: 'Why the job failed' }),
    webhook_deliveries: z.array(webhookSchemas.answers.WebhookDelivery).optional().meta({
      description:
        'The messages about the end of the job, oldest first. Only in the answer about one job that has a `webhook_url`.',
    }),
    owner: z.string().optional().meta({
      description:
        'The id of the key that has submitted the job, or of the first key from which that was rotated. Only in lists of the jobs of all keys.',
    }),
    model: z
      .string()
      .optional()
      .meta({ description: 'The name of the model. Only in lists of the jobs of all keys.' }),
    error_code: z.enum(errorCodes).optional().meta({
      description:
        'What kind of error the job failed with. Only in lists of the jobs of all keys, which have no `error`.',
    }),
  })
  return {
    Job,
    JobList: z.object({
      jobs: z.array(Job),
      next_cursor: nextCursor,
    }),
    JobStats: z.object({
      counts: z.object(Object.fromEntries(jobStates.map((state) => [state, z.int().min(0)]))),
      oldest_queued_seconds: z.number().min(0).nullable(),
    }),
    ChangedJobs: z
      .object({
        results: z.array(
          z.object({
            id: z.string(),
            outcome: z.enum(['retried', 'cancelled', 'not_found', 'conflict', 'queue_full']),
            state: z
              .enum(jobStates)
              .optional()
              .meta({ description: 'The state of the job now, if it was found' }),
          }),
        ),
      })
      .meta({ description: 'What became of each job, in the order of the ids' }),
    Submitted: z.object({ id: uuid }),
    SlowResult: result,
    BatchSummary,
  }
}
