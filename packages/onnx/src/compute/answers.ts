import { type Label, type Predictions, placeOfClass } from '@dsapi/inference'
import type { OutputPlan } from '../describe/output-plan.ts'
import { labelOf } from '../file/labels.ts'
import type { Results, ResultTensor } from './tensors.ts'

type Classes = OutputPlan & { readonly type: 'classes' }
type Values = OutputPlan & { readonly type: 'values' }

/** The answers to the rows of a batch, which are filled in as runs give them. */
export type Answers = {
  /** @param first the place of the first row of the run @throws Error when the run gave something else than expected */
  readonly add: (results: Results, first: number, count: number) => void
  readonly predictions: Predictions
}

/** The names of the outputs that a plan needs. */
export const fetchesOf = (plan: OutputPlan): readonly string[] =>
  plan.type === 'values'
    ? plan.outputs.map(({ tensor }) => tensor)
    : [...(plan.label === undefined ? [] : [plan.label.tensor]), ...plan.scores]

/** Makes place for the answers to so many rows. */
export const createAnswers = (plan: OutputPlan, nRows: number): Answers =>
  plan.type === 'classes' ? createClasses(plan, nRows) : createValues(plan, nRows)

const createValues = ({ names, outputs }: Values, nRows: number): Answers => {
  const width = names.length
  const values = new Float64Array(nRows * width)
  return {
    predictions: { type: 'values', nRows, names, values },
    add: (results, first, count) => {
      let column = 0
      for (const output of outputs) {
        const { data } = tensorOf(results, output.tensor, count * output.width)
        for (let row = 0; row < count; row++) {
          const to = (first + row) * width + column
          for (let k = 0; k < output.width; k++)
            values[to + k] = Number(data[row * output.width + k])
        }
        column += output.width
      }
    },
  }
}

const createClasses = (plan: Classes, nRows: number): Answers => {
  const { classes, scores, isSecondOfTwo, label } = plan
  const width = classes.length
  const probabilities = new Float64Array(nRows * width)
  const predicted = new Uint32Array(nRows)
  const places = new Map(label?.classes.map((name, place) => [name, place]))

  const addMatrix = (results: Results, first: number, count: number) => {
    const { data } = tensorOf(results, scores[0], count * width)
    for (let k = 0; k < data.length; k++) probabilities[first * width + k] = Number(data[k])
  }
  const addSecond = (results: Results, first: number, count: number) => {
    const { data } = tensorOf(results, scores[0], count)
    for (let row = 0; row < count; row++) {
      const second = Number(data[row])
      probabilities.set([1 - second, second], (first + row) * 2)
    }
  }
  const addColumns = (results: Results, first: number, count: number) => {
    for (const [k, score] of scores.entries()) {
      const { data } = tensorOf(results, score, count)
      for (let row = 0; row < count; row++) {
        probabilities[(first + row) * width + k] = Number(data[row])
      }
    }
  }
  const addScores = scores.length > 1 ? addColumns : isSecondOfTwo ? addSecond : addMatrix
  return {
    predictions: { type: 'classes', nRows, classes, probabilities, predicted },
    add: (results, first, count) => {
      addScores(results, first, count)
      if (label === undefined) {
        for (let row = first; row < first + count; row++) {
          predicted[row] = placeOfClass(probabilities, row * width, width)
        }
        return
      }
      const { data } = tensorOf(results, label.tensor, count)
      for (let row = 0; row < count; row++) {
        const name = toLabel(data[row])
        const place = places.get(name)
        if (place === undefined) throw unknownLabel(name, label.classes)
        predicted[first + row] = place
      }
    },
  }
}

const toLabel = (element: unknown): Label => {
  if (typeof element === 'bigint') return labelOf(element)
  return typeof element === 'string' ? element : Number(element)
}

const unknownLabel = (name: Label, classes: readonly Label[]): Error =>
  new Error(
    `The model answered the class ${JSON.stringify(name)}, but its classes are ` +
      `${classes
        .slice(0, 10)
        .map((each) => JSON.stringify(each))
        .join(', ')}. Give them as the option classes`,
  )

/** @throws Error when a tensor has another number of elements than it must */
const tensorOf = (results: Results, name: string, length: number): ResultTensor => {
  const tensor = results.get(name)
  if (tensor === undefined) throw new Error(`The model gave no output '${name}'`)
  if (tensor.data.length !== length) {
    throw new Error(
      `The model's output '${name}' has the shape [${tensor.dims.join(', ')}]; expected ${length} elements. It may ` +
        'have been exported for one row: in Python, give a free first axis (dynamic_axes)',
    )
  }
  return tensor
}
