import { headText } from './head-text.ts'
import type { LocalKind } from './kind.ts'

/** A model of LightGBM, as text. */
export const lightgbm: LocalKind = {
  name: 'lightgbm',
  recognizes: (head) => /^tree(?:\r?\n|$)/.test(headText(head)),
  // Loaded when there is such a model, as for XGBoost.
  read: async (bytes, options) =>
    (await import('./trees/read-trees-model.ts')).readLightgbmModel(bytes, options),
}
