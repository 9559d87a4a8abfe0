import { ModelError } from '../errors.ts'
import type { EncodedLabels, Label } from '../labels.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'
import { refuseOption } from './check-options.ts'

/** A weight for each class, or `'balanced'`: as if all classes had the same number of rows. */
export type ClassWeight = 'balanced' | ReadonlyMap<Label, number> | Readonly<Record<string, number>>

/**
 * Makes sure that class weights are of a form that {@link rowWeights} reads.
 *
 * @throws {ModelError} `invalid_option`
 */
export const checkClassWeight = (classWeight: unknown): void => {
  if (classWeight === undefined || classWeight === null || classWeight === 'balanced') return
  if (typeof classWeight === 'object' && !Array.isArray(classWeight)) return
  refuseOption('classWeight', classWeight, '"balanced", or an object or Map of weights by class')
}

/**
 * The weight of each row: its own, times C, times its class's.
 *
 * `'balanced'` weighs class k by nSamples / (nClasses · rows of k), as scikit-learn does (King and
 * Zeng, "Logistic regression in rare events data", Political Analysis 9, 2001).
 *
 * @throws {ModelError} `invalid_data` when there is not one finite weight of at least 0 for each row,
 *   or `invalid_option` when a class weight is none
 */
export const rowWeights = (
  { classes, codes }: EncodedLabels<Label>,
  C: number,
  sampleWeight: ArrayLike<number> | null | undefined,
  classWeight: ClassWeight | null | undefined,
): Float64Array => {
  if (hasWeights(sampleWeight)) checkSampleWeight(sampleWeight, codes.length)
  const ofClass = weightsOfClasses(classes, codes, classWeight)
  const weights = new Float64Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    weights[i] = C * ofClass[codes[i]] * (hasWeights(sampleWeight) ? sampleWeight[i] : 1)
  }
  return weights
}

/** Null is Python's word for none. */
const hasWeights = <W>(weights: W | null | undefined): weights is W =>
  weights !== undefined && weights !== null

const weightsOfClasses = (
  classes: readonly Label[],
  codes: Uint32Array,
  classWeight: ClassWeight | null | undefined,
): readonly number[] => {
  if (!hasWeights(classWeight)) return classes.map(() => 1)
  if (classWeight === 'balanced') {
    const counts = new Float64Array(classes.length)
    for (const code of codes) counts[code]++
    return Array.from(counts, (count) => codes.length / (classes.length * count))
  }
  const given: ReadonlyMap<unknown, unknown> =
    classWeight instanceof Map ? classWeight : new Map(Object.entries(classWeight))
  const keys = classes.map((label) => (given.has(label) ? label : String(label)))
  checkKeys(given, keys, classes)
  return keys.map((key, k) => {
    const weight = given.has(key) ? given.get(key) : 1
    if (typeof weight === 'number' && Number.isFinite(weight) && weight >= 0) return weight
    return refuseOption(
      `the weight of class ${show(classes[k])}`,
      weight,
      'a finite number of at least 0',
    )
  })
}

/** A weight that no class takes is a class whose name was mistaken. */
const checkKeys = (
  given: ReadonlyMap<unknown, unknown>,
  keys: readonly unknown[],
  classes: readonly Label[],
) => {
  const taken = new Set(keys)
  for (const key of given.keys()) {
    if (taken.has(key)) continue
    const list = classes.slice(0, mostShown).map(show).join(', ')
    throw new ModelError(
      'invalid_option',
      `classWeight has a weight for ${show(key)}; expected only classes of y: ${list}${classes.length > mostShown ? ', …' : ''}`,
    )
  }
}

/** The most classes that an error lists. */
const mostShown = 20

export const checkSampleWeight = (sampleWeight: ArrayLike<number>, nRows: number) => {
  checkArrayLike(sampleWeight, 'sampleWeight')
  if (sampleWeight.length !== nRows) {
    throw new ModelError(
      'invalid_data',
      `sampleWeight has ${sampleWeight.length} entries; expected one for each of ${nRows} rows`,
    )
  }
  for (let row = 0; row < nRows; row++) {
    if (Number.isFinite(sampleWeight[row]) && sampleWeight[row] >= 0) continue
    throw new ModelError(
      'invalid_data',
      `sampleWeight[${row}] is ${show(sampleWeight[row])}; expected a finite number of at least 0`,
      { row },
    )
  }
}
