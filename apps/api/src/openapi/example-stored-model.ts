import { createHash } from 'node:crypto'
import { readModel, textArtifact } from '@dsapi/inference'
import { defaultModel, type StoredModel, toStoredModel } from '@dsapi/registry'

/** The file of a small model, as a script for scikit-learn writes it. */
export const exampleFile = {
  classes: [0, 1],
  coef: [[1.5, -0.5]],
  intercept: [0.25],
  feature_names: ['feature_a', 'feature_b'],
}

const text = JSON.stringify(exampleFile)

/** A model in whose names the API is described where there is no model `default`. */
export const exampleStoredModel: StoredModel = toStoredModel({
  ...{ name: defaultModel, version: 1, createdAt: 0, options: {} },
  sha256: createHash('sha256').update(text).digest('hex'),
  artifact: textArtifact(text),
  model: await readModel(new TextEncoder().encode(text)),
})
