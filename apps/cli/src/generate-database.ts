import { addDemoKeys } from '@dsapi/auth'
import { type Database, inTransaction, replaceData } from '@dsapi/db'
import { LogisticRegression, makeClassification } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { byPerson } from './by-person.ts'

export type GenerateOptions = {
  readonly samples: number
  readonly seed: number
  readonly demoKeys: boolean
}

/** Draws the table that `make_classification` of scikit-learn draws for the same seed. */
const draw = ({ samples, seed }: GenerateOptions) =>
  makeClassification({
    nSamples: samples,
    nFeatures: 2,
    nInformative: 2,
    nRedundant: 0,
    nClasses: 2,
    randomState: seed,
  })

/**
 * Fills a database with training data and the model fitted to it, all or nothing. Data that was
 * there is replaced; keys, jobs and earlier models stay.
 *
 * @returns the version of the fitted model
 */
export const generateDatabase = async (db: Database, options: GenerateOptions): Promise<number> => {
  const { X, y } = draw(options)
  const model = new LogisticRegression().fit(X, y, { featureNames: ['feature_a', 'feature_b'] })
  const rows = X.map(([feature_a, feature_b], i) => ({ feature_a, feature_b, class: y[i] }))
  return inTransaction(db, async (transaction) => {
    await replaceData(transaction, rows)
    if (options.demoKeys) await addDemoKeys(transaction, byPerson())
    return storeModel(transaction, model, Date.now())
  })
}
