import { LogisticRegression, Matrix, makeClassification, rocAucScore } from '@dsapi/model'
import { expect, test } from 'vitest'
import { evaluateClasses } from './evaluate-classes.ts'

const fitted = (nClasses: number) => {
  const drawn = makeClassification({
    ...{ nSamples: 400, nFeatures: 4, nInformative: 3, nRedundant: 0, nClasses },
    ...{ nClustersPerClass: 1, flipY: 0.1, randomState: 1 },
  })
  const { y } = drawn
  const X = Matrix.fromRows(drawn.X)
  const model = new LogisticRegression().fit(X, y)
  return {
    classes: model.classes,
    labels: y,
    probabilities: model.predictProba(X),
    predicted: model.predict(X),
  }
}

/** By the trapezoidal rule, from the last threshold to the first. */
const areaOf = (
  points: readonly (readonly [number, number, number])[],
  rows: number,
  all: number,
) => {
  const curve = [
    ...points.map(([, tp, fp]) => [fp / (all - rows), tp / rows] as const),
    [0, 0] as const,
  ]
  return curve
    .slice(1)
    .reduce((area, [x, y], i) => area + ((curve[i][0] - x) * (curve[i][1] + y)) / 2, 0)
}

test('of two classes, the second has a curve with the area of the score', () => {
  const answers = fitted(2)
  const { classes, scores, confusion } = evaluateClasses(answers)
  expect(classes.map((one) => one.class)).toEqual([1])
  const [{ points, rows, roc_auc }] = classes
  expect(scores.roc_auc).toBe(roc_auc)
  expect(areaOf(points, rows, 400)).toBeCloseTo(roc_auc ?? 0, 2)
  expect(points.length).toBeLessThanOrEqual(201)
  expect(points.at(0)).toEqual([0, rows, 400 - rows])
  const atHalf = points.find(([threshold]) => threshold === 0.5)
  expect(atHalf?.slice(1)).toEqual([confusion?.counts[1][1], confusion?.counts[0][1]])
})

test('of more classes, each has a curve against all others', () => {
  const answers = fitted(3)
  const { classes } = evaluateClasses(answers)
  expect(classes.map((one) => one.class)).toEqual([0, 1, 2])
  const first = Float64Array.from(answers.labels, (_, row) => answers.probabilities.row(row)[0])
  const isFirst = answers.labels.map((label) => Number(label === 0))
  expect(classes[0].roc_auc).toBe(rocAucScore(isFirst, first))
  const { positives, negatives } = classes[0].histogram
  expect([...positives, ...negatives].reduce((sum, rows) => sum + rows)).toBe(400)
})

test('of many classes, those with most rows have curves, and there is no confusion matrix', () => {
  const classes = Array.from({ length: 40 }, (_, k) => k)
  // The class k has k + 1 rows.
  const labels = classes.flatMap((k) => Array<number>(k + 1).fill(k))
  const probabilities = new Matrix(
    new Float64Array(labels.length * 40).fill(1 / 40),
    labels.length,
    40,
  )
  const found = evaluateClasses({ classes, labels, predicted: labels, probabilities })
  expect(found.classes.map((one) => one.class)).toEqual(classes.slice(20))
  expect(found.confusion).toBeNull()
})

test('rows of one class have no area under a curve', () => {
  const probabilities = new Matrix(Float64Array.from([0.2, 0.8, 0.4, 0.6]), 2, 2)
  const found = evaluateClasses({
    classes: [0, 1],
    labels: [1, 1],
    predicted: [1, 1],
    probabilities,
  })
  expect(found.scores).toMatchObject({ accuracy: 1, roc_auc: null })
  expect(found.classes[0]).toMatchObject({ rows: 2, roc_auc: null, pr_auc: 1 })
})
