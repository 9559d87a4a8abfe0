import type { Database } from '@dsapi/db'
import { type Evaluation, evaluateClasses, evaluateValues } from '@dsapi/inference'
import { LinearRegression, LogisticRegression, Matrix, makeClassification } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'

const fitted = (featureNames: string[], classes: number, C = 1) => {
  const drawn = makeClassification({
    ...{ nSamples: 400, nFeatures: featureNames.length, nInformative: 2, nRedundant: 0 },
    ...{ nClasses: classes, nClustersPerClass: 1, flipY: 0.2, randomState: 2 },
  })
  const X = Matrix.fromRows(drawn.X)
  const { y: labels } = drawn
  const model = new LogisticRegression({ C }).fit(X, labels, { featureNames })
  const [probabilities, predicted] = [model.predictProba(X), model.predict(X)]
  const evaluation: Evaluation = {
    ...evaluateClasses({ classes: model.classes, labels, predicted, probabilities }),
    ...{ source: 'folds', folds: 5, rows: labels.length, refused: 0 },
  }
  return { model, evaluation }
}

const fittedLine = (factor: number) => {
  const X = Array.from({ length: 300 }, (_, i) => [((i * 37) % 300) / 30])
  const y = X.map(([x = 0], i) => factor * x + Math.sin(i * 13) + (i % 50 === 0 ? 4 : 0))
  const model = new LinearRegression().fit(X, y, { featureNames: ['length'] })
  const evaluation: Evaluation = {
    ...evaluateValues(y, model.predict(X)),
    ...{ source: 'file', rows: y.length, refused: 3 },
  }
  return { model, evaluation }
}

/** Models of several kinds. All but one version have an evaluation. */
export const fillModels = async (db: Database, now: number): Promise<void> => {
  const { model } = fitted(['length', 'width', 'height'], 2)
  await storeModel(db, model, now, { name: 'default' })
  const models = [
    ['default', fitted(['feature_a', 'feature_b'], 2)],
    ['three-classes', fitted(['a<b>', 'b"c', "d'e"], 3, 0.001)],
    ['three-classes', fitted(['a<b>', 'b"c', "d'e"], 3)],
    ['amount', fittedLine(2)],
    ['amount', fittedLine(3)],
  ] as const
  for (const [name, { model, evaluation }] of models) {
    await storeModel(db, model, now, { name, evaluation })
  }
}
