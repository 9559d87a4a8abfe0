import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { readArray, readNumbers, readObject, refuseModel } from './read-json.ts'

/** Rows, and the probabilities that the fitting program gives for them. */
export type CheckRows = {
  readonly x: readonly (readonly number[])[]
  readonly p: readonly (readonly number[])[]
}

/**
 * Reads the member `check`: `x` and `p` hold a row each, or several rows.
 *
 * @returns undefined where there is none
 * @throws {ModelError} `invalid_model`, saying where
 */
export const readCheckRows = (
  value: unknown,
  { classes, featureNames }: LogisticRegressionModel,
): CheckRows | undefined => {
  if (value === undefined || value === null) return undefined
  const check = readObject(value, 'check')
  const x = readRows(check.x, 'check.x', featureNames.length)
  const p = readRows(check.p, 'check.p', classes.length)
  if (x.length !== p.length) {
    refuseModel(`check.x has ${x.length} rows and check.p ${p.length}; expected as many`)
  }
  return { x, p }
}

const readRows = (value: unknown, what: string, width: number): number[][] => {
  const entries = readArray(value, what)
  if (!Array.isArray(entries[0])) return [readNumbers(entries, what, width)]
  return entries.map((row, i) => readNumbers(row, `${what}[${i}]`, width))
}
