import { calibrate } from '../calibration/calibration.ts'
import { checkGivesNumbers, type FittedColumns } from '../column-maps/fitted-columns.ts'
import { mapRow } from '../column-maps/map-row.ts'
import { ModelError } from '../errors.ts'
import { LinearRegressionModel, refuseResult } from '../linear-model/linear-regression-model.ts'
import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { oneVsRest } from '../linear-model/one-vs-rest.ts'
import { scoresOf, toProbabilities, writeBinary } from '../linear-model/probabilities.ts'
import { show } from '../validation/show.ts'
import { FittedPipeline, type PipelineModel } from './fitted-pipeline.ts'
import { BLOCK_ROWS, scoreTerms } from './score-terms.ts'
import { cellsOf, checkTypedRows, type TypedRows } from './typed-rows.ts'

/**
 * A pipeline as one function: for each row its probabilities, or its value where the model is a linear regression.
 *
 * @throws {ModelError} `invalid_data`, naming the row and the column, when a cell is refused, and when a value is too large for
 *   a double
 */
export type CompiledPipeline = (rows: TypedRows) => Float64Array

/** The linear part of a model, and what makes answers of its scores. */
interface LinearHead {
  /** A row of weights for each score. */
  readonly weights: readonly (readonly number[])[]
  readonly intercept: readonly number[]
  /** How many numbers a row is answered with. */
  readonly width: number
  /** Writes the answer to a row, whose scores are finite. */
  readonly write: (scores: readonly number[], answers: Float64Array, row: number) => void
  /** Finite scores of a row, whose plain sums are not; where there are none, it is refused. */
  readonly rescue: (entries: Entries, row: number) => readonly number[]
}

/** The columns of the result that are not 0 in a row. */
interface Entries {
  readonly indices: readonly number[]
  readonly values: readonly number[]
}

/**
 * Joins the steps of a pipeline and its model into one pass over each row: the columns that a text or a missing value becomes
 * are never made. It answers as `predictProba` and `predict` do, to the last bit where a text becomes one column that is not 0,
 * else up to rounding.
 *
 * @param pipeline ends in a model
 * @throws {ModelError} `invalid_model` when it does not; `invalid_data` when a text reaches the model
 *
 * @example
 * const pipeline = new Pipeline([['model', new Ridge({ alpha: 2 })]]).fit(new Frame({ a: [-1, 1] }), [-2, 2])
 * compilePipeline(pipeline)({ nRows: 1, numbers: [3], texts: [] }) // Float64Array [3]
 */
export function compilePipeline(pipeline: FittedPipeline): CompiledPipeline {
  const { input, model } = checkPipeline(pipeline)
  checkGivesNumbers(input)
  const head = model instanceof LinearRegressionModel ? regressorHead(model) : classifierHead(model)
  const { weights, intercept, width, write, rescue } = head
  const terms = scoreTerms(input, weights)
  const textWidth = input.kinds.filter((kind) => kind === 'text').length
  const widths = { numberWidth: input.kinds.length - textWidth, textWidth }
  const nScores = intercept.length
  const space = new Float64Array(BLOCK_ROWS * nScores)
  const scores = new Array<number>(nScores).fill(0)
  return (rows) => {
    checkTypedRows(rows, widths)
    const { nRows } = rows
    const answers = new Float64Array(nRows * width)
    for (let start = 0; start < nRows; start += BLOCK_ROWS) {
      const end = Math.min(start + BLOCK_ROWS, nRows)
      for (let at = 0; at < (end - start) * nScores; ) {
        for (let k = 0; k < nScores; k++) space[at++] = intercept[k]
      }
      for (const term of terms) term(rows, start, end, space)
      for (let row = start, at = 0; row < end; row++) {
        let areFinite = true
        for (let k = 0; k < nScores; k++) {
          scores[k] = space[at++]
          areFinite &&= Number.isFinite(scores[k])
        }
        write(areFinite ? scores : rescue(entriesOf(input, rows, row), row), answers, row)
      }
    }
    return answers
  }
}

function checkPipeline(pipeline: unknown): FittedPipeline<PipelineModel> {
  const isPipeline = pipeline instanceof FittedPipeline
  if (isPipeline && pipeline.model !== undefined) return pipeline
  throw new ModelError(
    'invalid_model',
    isPipeline
      ? 'the last step of the pipeline is no model; expected one that predicts'
      : `the pipeline is ${show(pipeline)}; expected a fitted pipeline`,
  )
}

function regressorHead({ coef, intercept }: LinearRegressionModel): LinearHead {
  return {
    weights: [coef],
    intercept: [intercept],
    width: 1,
    write: ([value], answers, row) => {
      answers[row] = value
    },
    rescue: (_, row) => refuseResult(row),
  }
}

function classifierHead(model: LogisticRegressionModel): LinearHead {
  const { coef, intercept, classes, calibration } = model
  const width = classes.length
  const probabilitiesOf = (scores: readonly number[]) => {
    if (calibration !== undefined) return calibrate(calibration, scores)
    return model.multiClass === 'ovr' ? oneVsRest(scores) : toProbabilities(scores)
  }
  return {
    weights: coef,
    intercept,
    width,
    write:
      width === 2 && calibration === undefined
        ? ([score], answers, row) => writeBinary(answers, row, score)
        : (scores, answers, row) => answers.set(probabilitiesOf(scores), row * width),
    rescue: ({ indices, values }) => {
      const weights = coef.flatMap((own, k) => [...indices.map((j) => own[j]), intercept[k]])
      const scores = new Array<number>(intercept.length).fill(0)
      scoresOf(Float64Array.from(weights), values, 0, scores)
      return scores
    },
  }
}

/** @throws {ModelError} `invalid_data` when a cell of the row is refused */
function entriesOf(input: FittedColumns, rows: TypedRows, row: number): Entries {
  const indices: number[] = []
  const values: number[] = []
  const take = (index: number, value: number) => {
    indices.push(index)
    values.push(value)
  }
  mapRow(input, cellsOf(input.kinds, rows, row), { mustBeFinite: true, row, take })
  return { indices, values }
}
