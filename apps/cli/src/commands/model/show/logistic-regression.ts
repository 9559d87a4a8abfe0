import { type FitReport, importModel } from '@dsapi/model'
import { table } from '../../../terminal/output.ts'

/** How a logistic regression was fitted, and its coefficients. */
export const drawCoefficients = (file: unknown, featureNames: readonly string[]): string => {
  const { classes, coef, intercept, fit, multiClass } = importModel(file).model
  const scored = classes.length === 2 ? [classes[1]] : classes
  const rows = [
    ...featureNames.map((name, j) => [name, ...coef.map((row) => number(row[j]))]),
    ['(intercept)', ...intercept.map(number)],
  ]
  return [
    `fit        ${fit ? describeFit(fit) : 'imported'}${multiClass === 'ovr' ? ', one-vs-rest' : ''}`,
    '',
    table(['COEFFICIENT', ...scored.map((label) => `CLASS ${label}`)], rows),
  ].join('\n')
}

const describeFit = ({ converged, nIter, objective, gradientNorm }: FitReport) =>
  `${converged ? 'converged' : 'did NOT converge'} in ${nIter} steps, objective ${number(objective)}, gradient ${number(gradientNorm)}`

const number = (value: number) => value.toPrecision(6)
