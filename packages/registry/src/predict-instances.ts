import type { LogisticRegressionModel } from '@dsapi/model'
import { type FieldProblem, parseFeatures } from './features.ts'
import { isRecord } from './is-record.ts'
import { indexOfLargest, type Prediction } from './prediction.ts'

/** One row of many, as it was asked and answered. */
export type AnsweredRow = { readonly features: readonly number[]; readonly answer: Prediction }

/** Predictions for many rows, as JSON, how many there are of each class, in the model's order, and a sample of
 * the rows; or what is wrong with what was asked. */
export type PredictedInstances =
  | {
      readonly ok: true
      readonly json: string
      readonly counts: readonly number[]
      readonly sample: readonly AnsweredRow[]
    }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

/** Whoever sends a hundred thousand wrong rows learns it from the first. */
const mostProblems = 20

/**
 * Reads `{"instances": [[1, 2], {"feature_a": 1, "feature_b": 2}, …]}`, of which each is one row, by order or
 * by name, and gives `{"predictions": […]}` in the same order.
 *
 * @param sampleSize how many rows to give back as they were answered, at most; evenly from all of them
 */
export const predictInstances = (
  model: LogisticRegressionModel,
  body: unknown,
  sampleSize = 0,
): PredictedInstances => {
  const instances = isRecord(body) && Object.hasOwn(body, 'instances') ? body.instances : undefined
  if (!Array.isArray(instances)) {
    return { ok: false, problems: [{ field: 'instances', message: 'must be an array of rows' }] }
  }
  const labels = model.classes.map((label) => JSON.stringify(label))
  const problems: FieldProblem[] = []
  const counts = labels.map(() => 0)
  const sample: AnsweredRow[] = []
  const sampleEvery = Math.ceil(instances.length / sampleSize)
  let json = ''
  for (const [index, instance] of instances.entries()) {
    const row = readInstance(model.featureNames, instance, index, problems)
    if (problems.length >= mostProblems) break
    if (row === undefined || problems.length > 0) continue
    const probabilities = model.predictProbaOne(row)
    const largest = indexOfLargest(probabilities)
    counts[largest]++
    const label = labels[largest]
    if (sample.length < sampleSize && index % sampleEvery === 0) {
      const answer = { class: model.classes[largest], class_probabilities: probabilities }
      sample.push({ features: row, answer })
    }
    json += `${index === 0 ? '' : ','}{"class":${label},"class_probabilities":[${probabilities.join(',')}]}`
  }
  return problems.length === 0
    ? { ok: true, json: `{"predictions":[${json}]}`, counts, sample }
    : { ok: false, problems }
}

const readInstance = (
  names: readonly string[],
  instance: unknown,
  index: number,
  problems: FieldProblem[],
): readonly number[] | undefined => {
  if (isRow(instance, names.length)) return instance
  const at = `instances[${index}]`
  if (Array.isArray(instance) && instance.length !== names.length) {
    const message = `must have ${names.length} values, ${names.join(', ')}, but has ${instance.length}`
    problems.push({ field: at, message })
    return undefined
  }
  const named = Array.isArray(instance)
    ? Object.fromEntries(names.map((name, place) => [name, instance[place]]))
    : instance
  const parsed = parseFeatures(names, named)
  if (parsed.ok) return parsed.row
  for (const { field, message } of parsed.problems) {
    problems.push({ field: field === '' ? at : `${at}.${field}`, message })
  }
  return undefined
}

/** The usual case, which needs no reading. */
const isRow = (value: unknown, length: number): value is number[] => {
  if (!Array.isArray(value) || value.length !== length) return false
  for (const cell of value) if (typeof cell !== 'number' || !Number.isFinite(cell)) return false
  return true
}
