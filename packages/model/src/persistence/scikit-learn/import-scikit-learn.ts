import type { Cell } from '../../frame/cell.ts'
import type { FittedPipeline, PipelineModel } from '../../pipeline/fitted-pipeline.ts'
import { isClassifier, isRegressor } from '../../pipeline/is-classifier.ts'
import { checkFeatureNames } from '../../validation/feature-names.ts'
import { type CheckResult, checkAnswers } from '../check-answers.ts'
import { pipelineFromJSON } from '../pipeline-from-json.ts'
import { readBoolean, readHeader, readKind, readName } from '../read-columns.ts'
import { readArray, readNumbers, readObject, refuseModel, shown, within } from '../read-json.ts'
import { readLinearModel } from './read-linear-model.ts'
import { readSteps } from './read-step.ts'
import type { StepColumn } from './step-column.ts'

/** An estimator of scikit-learn in the form of this package. */
export interface ImportedEstimator {
  /** The model alone where no step comes before it, and it takes numbers alone. */
  readonly model: FittedPipeline | PipelineModel
  /** The columns of numbers whose values are false and true: 0 and 1. */
  readonly booleans: readonly string[]
  /** How the answers compare with those of Python. */
  readonly check: CheckResult
  /** What its user has to know, as sentences. */
  readonly assumptions: readonly string[]
}

const advice =
  'The estimator computes in a way that is not known here. Convert it with skl2onnx, or serve it in your own Python'

/**
 * Reads what the program of `dsapi model export-helper` wrote of a fitted estimator: the numbers of each step, and rows with the
 * answers of Python.
 *
 * @param value what `JSON.parse` gave
 * @throws {ModelError} `invalid_model` or `invalid_data` when something is missing or damaged, and when the model does not answer
 *   to the rows as Python did; the message names the worst row
 */
export function importScikitLearn(value: unknown): ImportedEstimator {
  const json = readHeader(value, 'dsapi-scikit-learn')
  const columns = readArray(json.columns, 'columns').map(readColumn)
  checkFeatureNames(
    columns.map(({ name }) => name),
    'columns',
    'invalid_model',
  )
  const chain = readSteps(json.steps, columns)
  const last = readObject(json.model, 'model')
  const names = chain.columns.map(({ name }) => name)
  const { candidates, assumptions } = readLinearModel(last, names)
  const input = columns.map(({ name, kind }): StepColumn => ({ name, kind }))
  const pipelines = candidates.map((model) => {
    const steps = [...chain.steps, { name: readName(last.name, 'model'), step: model.toJSON() }]
    return pipelineFromJSON({ format: 'dsapi-pipeline', formatVersion: 1, input, steps })
  })
  const { rows, expected } = readCheck(json.check, columns, pipelines[0])
  const answer = (pipeline: FittedPipeline, row: number) =>
    within(`check row ${row}`, () => answerTo(pipeline, rows[row]))
  const { model, check } = checkAnswers(pipelines, { answer, expected, advice })
  const used = new Set(model.featureNamesIn)
  const booleans = columns
    .filter(({ name, isBoolean }) => isBoolean && used.has(name))
    .map(({ name }) => name)
  const isAlone = model.steps.length === 0 && booleans.length === 0
  return { model: (isAlone ? model.model : undefined) ?? model, booleans, check, assumptions }
}

function readColumn(value: unknown, j: number): StepColumn & { readonly isBoolean: boolean } {
  const what = `columns[${j}]`
  const { name, kind, isBoolean } = readObject(value, what)
  return {
    ...{ name: readName(name, what), kind: readKind(kind, what) },
    isBoolean: readBoolean(isBoolean, `${what}.isBoolean`),
  }
}

/** The rows have a value for each column of the table; those that the pipeline does not read are left out. */
function readCheck(value: unknown, columns: readonly StepColumn[], pipeline: FittedPipeline) {
  const check = readObject(value, 'check')
  const places = pipeline.featureNamesIn.map((own) => columns.findIndex(({ name }) => name === own))
  const rows = readArray(check.rows, 'check.rows').map((entry, i) => {
    const row = readArray(entry, `check.rows[${i}]`, columns.length)
    return places.map((place) => readCell(row[place], `check.rows[${i}][${place}]`))
  })
  const width = isClassifier(pipeline) ? pipeline.model.classes.length : 1
  const expected = readArray(check.answers, 'check.answers', rows.length).map((row, i) =>
    readNumbers(row, `check.answers[${i}]`, width),
  )
  return { rows, expected }
}

function readCell(cell: unknown, what: string): Cell {
  if (typeof cell === 'boolean') return Number(cell)
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell
  return refuseModel(`${what} is ${shown(cell)}; expected a number, text, a boolean or null`)
}

function answerTo(pipeline: FittedPipeline, row: readonly Cell[]): readonly number[] {
  if (isClassifier(pipeline)) return pipeline.predictProbaOne(row)
  if (isRegressor(pipeline)) return [pipeline.predictOne(row)]
  return refuseModel('model is of an unknown type')
}
