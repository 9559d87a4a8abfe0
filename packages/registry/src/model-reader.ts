import { type LogisticRegressionModel, modelFromJSON } from '@dsapi/model'
import type { StoredModel } from './models/stored-model.ts'

/** A stored model as it is posted to a thread. */
export type PostedModel = Pick<StoredModel, 'tag' | 'json'>

/** Makes what reads posted models: a version once, as long as no other comes in between. */
export const createModelReader = (): ((posted: PostedModel) => LogisticRegressionModel) => {
  let known: { readonly tag: string; readonly model: LogisticRegressionModel } | undefined
  return ({ tag, json }) => {
    if (known?.tag !== tag) known = { tag, model: modelFromJSON(JSON.parse(json)) }
    return known.model
  }
}
