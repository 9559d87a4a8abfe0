import { createHash } from 'node:crypto'
import { logisticRegressionRuntime } from '@dsapi/inference'
import { LogisticRegression, makeClassification } from '@dsapi/model'
import type { StoredModel } from '@dsapi/registry'

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
  const artifact = JSON.stringify(fitted)
  const sha256 = createHash('sha256').update(artifact).digest('hex')
  const model = logisticRegressionRuntime(fitted)
  return { version: 1, sha256, tag: `1-${sha256.slice(0, 8)}`, createdAt: 0, model, artifact }
}
