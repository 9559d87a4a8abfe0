import { jobStates } from '@dsapi/db'
import { jobKinds } from '@dsapi/inference'
import { z } from 'zod'
import { instant, nextCursor, pageQuery, uuid } from '../../openapi/common-schemas.ts'

export const listQuery = z.object({
  state: z.enum(jobStates).optional().meta({ description: 'List only jobs in this state' }),
  ...pageQuery(50),
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
    cleared_at: instant
      .optional()
      .meta({ description: 'When the result was deleted because its retention time was over' }),
    progress: z.number().min(0).max(1).nullable().optional(),
    result: z.union([result, BatchSummary]).optional(),
    error: z.string().optional().meta({ description: 'Why the job failed' }),
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
    Submitted: z.object({ id: uuid }),
    SlowResult: result,
    BatchSummary,
  }
}
