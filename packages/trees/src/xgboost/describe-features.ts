import { TreesError } from '../errors.ts'
import type { Category, Feature } from '../features.ts'
import type { Learner } from './read-learner.ts'

/** XGBoost's names for types of features (python-package/xgboost/core.py, `feature_types`). */
const TYPES: Readonly<Record<string, Feature['type']>> = {
  int: 'integer',
  i: 'boolean',
  c: 'category',
}

/** Checks the names and types against their number. @returns what makes the list when it is asked for */
export function describeFeatures(learner: Learner, featureCount: number): () => readonly Feature[] {
  const { featureNames, featureTypes } = learner
  const categories = learner.booster?.categories ?? []
  for (const [what, { length }] of Object.entries({
    feature_names: featureNames,
    feature_types: featureTypes,
  })) {
    if (length !== 0 && length !== featureCount) {
      const problem = `The model has ${featureCount} features, but ${what} has ${length} entries.`
      throw new TreesError('invalid_file', problem)
    }
  }
  return () =>
    Array.from({ length: featureCount }, (_, i) =>
      describe(featureNames[i] ?? `f${i}`, featureTypes[i], categories[i] ?? []),
    )
}

function describe(
  name: string,
  type: string | undefined,
  categories: readonly Category[],
): Feature {
  if (categories.length > 0) return { name, type: 'category', categories }
  return { name, type: TYPES[type ?? ''] ?? 'number' }
}
