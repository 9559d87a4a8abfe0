import { ModelError } from '../errors.ts'
import type { FitReport } from './model-parameters.ts'

/**
 * Refuses a fit that has left the range of a double: it could neither be used nor be stored.
 *
 * @throws {ModelError} `invalid_data`, saying which number it is and what to do
 */
export const checkFit = (
  coef: readonly (readonly number[])[],
  intercept: readonly number[],
  { objective, gradientNorm }: FitReport,
): void => {
  if (!Number.isFinite(objective)) {
    refuse('the objective', objective, 'Use a smaller C or smaller weights.')
  }
  if (!Number.isFinite(gradientNorm)) {
    refuse('the gradient norm', gradientNorm, 'Use a smaller C or smaller weights.')
  }
  for (const [k, weights] of coef.entries()) {
    const j = weights.findIndex((weight) => !Number.isFinite(weight))
    if (j >= 0) {
      const advice = `Use a smaller C, or bring column ${j} to another unit.`
      refuse(`coef[${k}][${j}]`, weights[j], advice)
    }
    if (!Number.isFinite(intercept[k])) {
      const advice = 'Use a smaller C, or subtract its mean from each column.'
      refuse(`intercept[${k}]`, intercept[k], advice)
    }
  }
}

const refuse = (what: string, value: number, advice: string): never => {
  throw new ModelError(
    'invalid_data',
    `${what} of the fit is ${value}; expected a finite number. ${advice}`,
  )
}
