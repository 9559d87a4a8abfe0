import { isModelName, modelNameForm, modelNamePattern } from '@dsapi/registry'
import { z } from 'zod'
import { instant } from '../../openapi/common-schemas.ts'

const mostPredictions = 100_000

export const driftQuery = z.object({
  model: z
    .string()
    .meta({ pattern: modelNamePattern })
    .default('default')
    .refine(isModelName, `must be ${modelNameForm}`)
    .meta({ description: 'The name of the model' }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(7)
    .meta({ description: 'The number of days to look back' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostPredictions)
    .default(mostPredictions)
    .meta({ description: 'The most predictions to read, newest first' }),
})

const share = z.number().min(0).max(1)
const shares = { expected_share: share, actual_share: share }
const bins = z.array(
  z.object({
    lower: z.number().optional().meta({ description: 'Absent from the first bin' }),
    upper: z.number().optional().meta({ description: 'Absent from the last bin' }),
    ...shares,
  }),
)

export const driftSchemas = {
  Drift: z
    .object({
      state: z.enum(['compared', 'not_logged', 'too_few', 'no_training_data']).meta({
        description:
          'Whether there was enough to compare. In the other states, `features` and `answers` are empty, and `message` says what to do.',
      }),
      message: z.string().optional(),
      model: z.string(),
      model_version: z.string().meta({ description: 'The version that is served' }),
      training_rows: z.int().min(0),
      predictions: z.int().min(0).meta({ description: 'The number that was compared' }),
      left_out: z
        .int()
        .min(0)
        .meta({ description: 'The number of predictions by versions that lack a feature' }),
      needed: z.int().meta({ description: 'The fewest predictions that are compared' }),
      from: instant.nullable().meta({ description: 'When the first of them was logged' }),
      to: instant.nullable(),
      features: z.array(
        z.object({
          feature: z.string(),
          psi: z.number().meta({ description: 'The population stability index' }),
          critical_value: z.number().meta({
            description: 'What the index stays below in 95 of 100 cases when nothing has changed',
          }),
          verdict: z.enum(['stable', 'moderate', 'shifted', 'unclear']),
          bins,
          texts: z
            .array(
              z.object({
                text: z.string().optional().meta({ description: 'Absent for all others' }),
                ...shares,
              }),
            )
            .optional(),
          missing: z.object(shares).optional(),
        }),
      ),
      answers: z
        .array(z.object({ class: z.union([z.number(), z.string()]), ...shares }))
        .meta({ description: 'The shares of the classes in the training data and in the answers' }),
      values: bins.optional().meta({ description: 'For a model that answers with a number' }),
    })
    .meta({ description: 'A comparison of recent predictions with the training data, in shares' }),
}
