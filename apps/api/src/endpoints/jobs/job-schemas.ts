import { jobStates } from '@dsapi/db'
import { z } from 'zod'
import { instant, uuid } from '../../openapi/schemas/common.ts'

export const listQuery = z.object({
  state: z.enum(jobStates).optional().meta({ description: 'Only those in this state' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(50)
    .meta({ description: 'How many at most' }),
  cursor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'The `next_cursor` of the answer before' }),
})

const BatchSummary = z
  .object({
    model_version: z.string(),
    rows: z.int().min(0),
    failed_rows: z.int().min(0),
    header: z.string().meta({ description: 'The first line of the result' }),
    classes: z
      .array(z.union([z.number(), z.string()]))
      .optional()
      .meta({
        description:
          'The classes of the model, each as the number or the text that it is. Results of older versions of dsapi have none',
      }),
    chunks: z.int().min(0),
  })
  .meta({ description: 'What is known of the result of a batch; its rows are a download' })

/** @param result what a job of the other kind leaves */
export const jobSchemas = (result: z.ZodType) => {
  const Job = z.object({
    id: uuid,
    kind: z.enum(['slow-prediction', 'batch']),
    state: z.enum(jobStates),
    attempts: z.int().min(0).meta({ description: 'How many attempts have begun' }),
    model_version: z.string().optional().meta({
      description:
        'The model that the job was accepted for and is computed with. Jobs that an older version of dsapi accepted have none',
    }),
    created_at: instant,
    started_at: instant.nullable().meta({ description: 'When the last attempt began' }),
    finished_at: instant.nullable(),
    cleared_at: instant
      .optional()
      .meta({ description: 'When what came of it was cleared away after its time' }),
    progress: z.number().min(0).max(1).nullable().optional(),
    result: z.union([result, BatchSummary]).optional(),
    error: z.string().optional().meta({ description: 'Why it failed' }),
  })
  return {
    Job,
    JobList: z.object({
      jobs: z.array(Job),
      next_cursor: z.string().optional().meta({ description: 'Where to go on, if there are more' }),
    }),
    JobStats: z.object({
      counts: z.object(Object.fromEntries(jobStates.map((state) => [state, z.int().min(0)]))),
      oldest_queued_seconds: z.number().min(0).nullable(),
    }),
    Submitted: z.object({ id: uuid }),
    SlowResult: result,
    BatchSummary,
  }
}
