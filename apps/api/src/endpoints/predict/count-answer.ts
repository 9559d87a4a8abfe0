import { countedLabels } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import type { Metrics } from '../../metrics/metrics.ts'

/** How many rows of a request are logged at most, so that one of a million does not crowd out all others. */
export const mostLogged = 1000

/** Counts predictions of a model, by class in the model's order. */
export const countAnswer = (
  { countPredictions }: Pick<Metrics, 'countPredictions'>,
  { name, model }: StoredModel,
  counts: readonly number[],
): void => {
  for (const [index, label] of countedLabels(model.info).entries()) {
    countPredictions(name, label, counts[index])
  }
}
