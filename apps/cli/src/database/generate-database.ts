import { addDemoKeys } from '@dsapi/auth'
import { type Database, findModel, replaceData } from '@dsapi/db'
import { LogisticRegression, makeClassification } from '@dsapi/model'
import { defaultModel, storeModel } from '@dsapi/registry'
import { cliActor } from '../terminal/cli-actor.ts'
import { withSetupLock } from './setup-lock.ts'

export type GenerateOptions = {
  readonly samples: number
  readonly seed: number
  readonly demoKeys: boolean
  /** Even if the database has a model already. */
  readonly force: boolean
}

/** Draws the table that `make_classification` of scikit-learn draws for the same seed. */
const draw = ({ samples, seed }: Pick<GenerateOptions, 'samples' | 'seed'>) =>
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
 * @returns the version of the fitted model; undefined if there is one already, perhaps made a moment ago by
 *   another host
 */
export const generateDatabase = async (
  db: Database,
  options: GenerateOptions,
): Promise<number | undefined> => {
  const isThere = async (where: Database) =>
    !options.force && (await findModel(where, defaultModel)) !== undefined
  if (await isThere(db)) return undefined
  const { X, y } = draw(options)
  const model = new LogisticRegression().fit(X, y, { featureNames: ['feature_a', 'feature_b'] })
  const rows = X.map(([feature_a, feature_b], i) => ({ feature_a, feature_b, class: y[i] }))
  return withSetupLock(db, async (transaction) => {
    if (await isThere(transaction)) return undefined
    await replaceData(transaction, rows)
    if (options.demoKeys) await addDemoKeys(transaction, cliActor())
    return storeModel(transaction, model, Date.now(), { actor: cliActor().actor })
  })
}
