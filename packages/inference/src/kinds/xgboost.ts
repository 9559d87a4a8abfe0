import { headText } from './head-text.ts'
import type { LocalKind } from './kind.ts'

/** A model of XGBoost, as JSON or UBJSON. */
export const xgboost: LocalKind = {
  name: 'xgboost',
  // Its first member: in quotes in JSON, and after its length in UBJSON.
  recognizes: (head) => {
    const text = headText(head)
    return text.startsWith('{') && (/"learner"\s*:/.test(text) || text.includes('\x07learner'))
  },
  // Loaded when there is such a model: it takes tens of milliseconds and megabytes, also in each thread.
  read: async (bytes, options) =>
    (await import('./trees/read-trees-model.ts')).readXgboostModel(bytes, options),
}
