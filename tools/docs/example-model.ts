import { createHash } from 'node:crypto'
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
  const model = new LogisticRegression().fit(X, y, { featureNames: ['feature_a', 'feature_b'] })
  const json = JSON.stringify(model)
  const sha256 = createHash('sha256').update(json).digest('hex')
  return { version: 1, sha256, tag: `1-${sha256.slice(0, 8)}`, createdAt: 0, model, json }
}
