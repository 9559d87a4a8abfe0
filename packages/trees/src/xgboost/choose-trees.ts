import { brokenAt, TreesError } from '../errors.ts'
import { quoteText } from '../quote-text.ts'
import type { Booster } from './read-booster.ts'
import type { PlacedText } from './read-text-members.ts'

/**
 * How many trees predict. After early stopping the file holds trees beyond the best iteration. scikit-learn's wrapper
 * (`XGBClassifier`, `XGBRegressor`) leaves them out and `Booster.predict` uses them, so the two answer differently;
 * the wrapper leaves a mark in the file (dmlc/xgboost, python-package/xgboost/sklearn.py).
 *
 * @throws TreesError `option_needed` if only the caller can know
 */
export function chooseTrees(
  booster: Booster,
  attributes: ReadonlyMap<string, PlacedText>,
  groups: number,
  option: 'best' | 'all' | undefined,
): number {
  const all = booster.builder.trees
  const best = attributes.get('best_iteration')
  if (best === undefined) {
    if (option !== 'best') return all
    throw new TreesError(
      'invalid_option',
      'The file names no best iteration, because there was no early stopping: leave out the option `trees`.',
      { option: 'trees' },
    )
  }
  if (!/^\d{1,9}$/.test(best.text))
    throw brokenAt(
      best.offset,
      `best_iteration is ${quoteText(best.text)}, but has to be a whole number`,
    )
  const rounds = Number(best.text) + 1
  const upToBest = treesOf(rounds, booster, groups)
  if (upToBest >= all) return all
  if (option !== undefined) return option === 'best' ? upToBest : all
  if (attributes.has('scikit_learn')) return upToBest
  throw new TreesError(
    'option_needed',
    `Training stopped early: iteration ${best.text} was the best, but the file has ${all} trees and that one is ` +
      `complete after ${upToBest}. Pass \`trees: 'best'\` for what XGBClassifier and XGBRegressor predict, or ` +
      "`trees: 'all'` for what Booster.predict does.",
    { option: 'trees' },
  )
}

function treesOf(rounds: number, { iterations, parallelTrees }: Booster, groups: number): number {
  if (iterations === undefined) return rounds * parallelTrees * groups
  return rounds < iterations.length ? iterations[rounds] : Number.POSITIVE_INFINITY
}
