import { ModelError } from './errors.ts'
import type { EncodedLabels, Label } from './labels.ts'

/** A weight for each class, or `'balanced'`: as if all classes had the same number of rows. */
export type ClassWeight = 'balanced' | ReadonlyMap<Label, number> | Readonly<Record<string, number>>

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
  sampleWeight: ArrayLike<number> | undefined,
  classWeight: ClassWeight | undefined,
): Float64Array => {
  if (sampleWeight !== undefined) checkSampleWeight(sampleWeight, codes.length)
  const ofClass = weightsOfClasses(classes, codes, classWeight)
  const weights = new Float64Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    weights[i] = C * ofClass[codes[i]] * (sampleWeight === undefined ? 1 : sampleWeight[i])
  }
  return weights
}

const weightsOfClasses = (
  classes: readonly Label[],
  codes: Uint32Array,
  classWeight: ClassWeight | undefined,
): readonly number[] => {
  if (classWeight === undefined) return classes.map(() => 1)
  if (classWeight === 'balanced') {
    const counts = new Float64Array(classes.length)
    for (const code of codes) counts[code]++
    return Array.from(counts, (count) => codes.length / (classes.length * count))
  }
  const given = classWeight instanceof Map ? classWeight : new Map(Object.entries(classWeight))
  return classes.map((label) => {
    const weight = given.get(label) ?? given.get(String(label)) ?? 1
    if (Number.isFinite(weight) && weight >= 0) return weight
    throw new ModelError(
      'invalid_option',
      `the weight of class ${label} is ${weight}; expected a finite number of at least 0`,
    )
  })
}

const checkSampleWeight = (sampleWeight: ArrayLike<number>, nRows: number) => {
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
      `sampleWeight[${row}] is ${sampleWeight[row]}; expected a finite number of at least 0`,
      { row },
    )
  }
}
