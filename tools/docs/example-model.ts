import { createHash } from 'node:crypto'
import { logisticRegressionRuntime, textArtifact } from '@dsapi/inference'
import { LogisticRegression, makeClassification } from '@dsapi/model'
import { type StoredModel, toStoredModel } from '@dsapi/registry'

/** The model that \`dsapi gendb\` makes, whose names and numbers stand in the HTTP reference. */
export const exampleModel = (): StoredModel => {
  const { X, y } = makeClassification({
    nSamples: 100,
    nFeatures: 2,
    nInformative: 2,
    nRedundant: 0,
    nClasses: 2,
    randomState: 2,
  })
  const fitted = new LogisticRegression().fit(X, y, { featureNames: ['feature_a', 'feature_b'] })
  const json = JSON.stringify(fitted)
  return toStoredModel({
    ...{ name: 'default', version: 1, createdAt: 0, options: {} },
    sha256: createHash('sha256').update(json).digest('hex'),
    artifact: textArtifact(json),
    model: logisticRegressionRuntime(fitted),
  })
}
