import type { Label } from '@dsapi/model'

/** How many rows of a class, and of all others, have at least a probability. */
export type CurvePoint = readonly [threshold: number, truePositives: number, falsePositives: number]

/** How well the probability of one class distinguishes its rows from all others. */
export type ClassEvaluation = {
  readonly class: Label
  /** How many rows are of the class. */
  readonly rows: number
  /** Null where all rows are of the class, or none. */
  readonly roc_auc: number | null
  readonly pr_auc: number | null
  /** In ascending order of the thresholds, from 0 to 1; among them all whole per cent. */
  readonly points: readonly CurvePoint[]
  /** Rows with similar probabilities, and which share of them is of the class. */
  readonly calibration: readonly {
    readonly mean_probability: number
    readonly positive_share: number
    readonly rows: number
  }[]
  /** How many rows of the class, and of all others, have a probability in each of equal bins from 0 to 1. */
  readonly histogram: {
    readonly positives: readonly number[]
    readonly negatives: readonly number[]
  }
}

export type EvaluationOfClasses = {
  readonly type: 'classes'
  /** A score that has no meaning for these rows is null. */
  readonly scores: {
    readonly accuracy: number
    readonly log_loss: number | null
    readonly roc_auc: number | null
    /** Of two classes. */
    readonly brier_score?: number | null
  }
  /** Of two classes, the second one. Of many, those with most rows. */
  readonly classes: readonly ClassEvaluation[]
  /** `counts[i][j]`: rows of class i that were answered with class j. Null where there are many classes. */
  readonly confusion: {
    readonly classes: readonly Label[]
    readonly counts: readonly (readonly number[])[]
  } | null
}

export type EvaluationOfValues = {
  readonly type: 'values'
  readonly scores: {
    readonly r2: number | null
    readonly mean_absolute_error: number
    readonly root_mean_squared_error: number
  }
  /** How often the true value differs by how much from the answer. The outer bins have one bound. */
  readonly residuals: readonly {
    readonly lower?: number
    readonly upper?: number
    readonly rows: number
  }[]
  /** Rows with similar answers: the means of the answers and of the true values, and where most residuals are. */
  readonly groups: readonly {
    readonly mean_answer: number
    readonly mean_value: number
    /** Residuals that a tenth of the rows stay below, and a tenth exceed. */
    readonly low: number
    readonly high: number
    readonly rows: number
  }[]
}

/** How well a version answers rows whose answers are known. It has counts and shares only, and no row. */
export type Evaluation = (EvaluationOfClasses | EvaluationOfValues) & {
  /** Whether each row was answered by a fit to the folds without it, or by the version itself. */
  readonly source: 'folds' | 'file'
  readonly rows: number
  /** Rows that the version did not answer. They are not counted in `rows`. */
  readonly refused: number
  /** Of how many folds. */
  readonly folds?: number
}
