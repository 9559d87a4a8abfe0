import { z } from 'zod'
import { instant } from '../../openapi/common-schemas.ts'

const label = z.union([z.number(), z.string()])
const count = z.int().min(0)
const score = z.number().nullable()

const ClassEvaluation = z
  .object({
    class: label,
    rows: count.meta({ description: 'The number of rows of the class' }),
    roc_auc: score,
    pr_auc: score,
    points: z.array(z.array(z.number()).min(3).max(3)).meta({
      description:
        'At ascending thresholds: the threshold, and how many rows of the class and of all others have at least that probability',
    }),
    calibration: z.array(
      z.object({
        mean_probability: z.number(),
        positive_share: z.number(),
        rows: count,
      }),
    ),
    histogram: z
      .object({ positives: z.array(count), negatives: z.array(count) })
      .meta({ description: 'Rows in equal bins of the probability from 0 to 1' }),
  })
  .meta({
    description: 'How well the probability of one class distinguishes its rows from all others',
  })

const common = {
  id: z.int().min(1),
  created_at: instant,
  source: z.enum(['folds', 'file']).meta({
    description:
      '`folds`: each row was answered by a fit to the folds without it. `file`: the version itself answered the rows of a file',
  }),
  folds: z.int().optional().meta({ description: 'The number of folds' }),
  rows: count,
  refused: count.meta({
    description: 'Rows that the version did not answer, not counted in `rows`',
  }),
}

const EvaluationOfClasses = z.object({
  ...common,
  type: z.literal('classes'),
  scores: z.object({
    accuracy: z.number(),
    log_loss: score,
    roc_auc: score,
    brier_score: score.optional().meta({ description: 'Of two classes' }),
  }),
  classes: z.array(ClassEvaluation).meta({
    description: 'Of two classes, the second one. Of more than 20, those with most rows',
  }),
  confusion: z
    .object({ classes: z.array(label), counts: z.array(z.array(count)) })
    .nullable()
    .meta({
      description:
        'Rows of a true class (row) that were answered with a class (column); null for more than 30 classes',
    }),
})

const EvaluationOfValues = z.object({
  ...common,
  type: z.literal('values'),
  scores: z.object({
    r2: score,
    mean_absolute_error: z.number(),
    root_mean_squared_error: z.number(),
  }),
  residuals: z
    .array(z.object({ lower: z.number().optional(), upper: z.number().optional(), rows: count }))
    .meta({ description: 'The true value less the answer, in bins' }),
  groups: z
    .array(
      z.object({
        mean_answer: z.number(),
        mean_value: z.number(),
        low: z.number(),
        high: z.number(),
        rows: count,
      }),
    )
    .meta({
      description:
        'Rows with similar answers. A tenth of their residuals is below `low`, and a tenth above `high`',
    }),
})

const Evaluation = z
  .union([EvaluationOfClasses, EvaluationOfValues])
  .meta({ description: 'How well a version answers rows whose answers are known, in counts' })

export const evaluationSchemas = {
  ClassEvaluation,
  Evaluation,
  Evaluations: z.object({
    evaluations: z.array(Evaluation).meta({ description: 'The newest first' }),
  }),
}
