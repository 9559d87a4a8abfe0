import { classesOf, type ModelInfo } from '../model-info.ts'
import type { Prediction } from '../protocols/dsapi-json/answers.ts'

/** How two answers to one row differ. */
export type Difference = {
  /** Whether they have the same class, or values that differ by no more than 1 %. */
  readonly agrees: boolean
  /**
   * The largest absolute difference between the probabilities of a class, from 0 to 1, or the largest relative
   * difference between values. 1 where one is a class and the other a value.
   */
  readonly size: number
}

/** Values that differ by this share of the larger one still agree. */
const sameWithin = 0.01

/** A class and a value, or values with other names. */
const notComparable: Difference = { agrees: false, size: 1 }

/** Makes the function that compares the answers of two versions of a model to the same row. */
export const createComparison = (
  one: ModelInfo,
  other: ModelInfo,
): ((ofOne: Prediction, ofOther: Prediction) => Difference) => {
  const [labels, otherLabels] = [classesOf(one), classesOf(other)]
  const places = [...new Set([...labels, ...otherLabels])].map(
    (label) => [labels.indexOf(label), otherLabels.indexOf(label)] as const,
  )
  return (ofOne, ofOther) => {
    if (!('class' in ofOne) && !('class' in ofOther)) return compareValues(ofOne, ofOther)
    if (!('class' in ofOne) || !('class' in ofOther)) return notComparable
    let size = 0
    for (const [place, otherPlace] of places) {
      const probability = ofOne.class_probabilities[place] ?? 0
      const otherProbability = ofOther.class_probabilities[otherPlace] ?? 0
      size = Math.max(size, Math.abs(probability - otherProbability))
    }
    return { agrees: ofOne.class === ofOther.class, size }
  }
}

type Values = Exclude<Prediction, { readonly class: unknown }>

const compareValues = (ofOne: Values, ofOther: Values): Difference => {
  const [values, others] = [valuesOf(ofOne), valuesOf(ofOther)]
  let size = 0
  for (const name of new Set([...Object.keys(values), ...Object.keys(others)])) {
    if (values[name] === undefined || others[name] === undefined) return notComparable
    size = Math.max(size, relativeDifference(values[name], others[name]))
  }
  return { agrees: size <= sameWithin, size }
}

const relativeDifference = (a: number, b: number) =>
  a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b))

/** The values of an answer by their names; a lone value has none. */
const valuesOf = (answer: Values): Readonly<Record<string, number>> =>
  'values' in answer ? answer.values : { '': answer.value }
