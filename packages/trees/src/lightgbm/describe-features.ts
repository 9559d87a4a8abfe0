import type { Category, Feature } from '../features.ts'
import type { Lines, Piece } from './lines.ts'

/** Which features are categorical, as the file shows it in several places. */
export function findCategorical(
  lines: Lines,
  infos: readonly string[],
  parameter: Piece | undefined,
  splits: Iterable<number>,
): ReadonlySet<number> {
  const found = new Set(splits)
  // A range is [low:high]; a list of categories has no brackets; a column that was not used says none.
  infos.forEach((info, i) => {
    if (info !== 'none' && !info.startsWith('[')) found.add(i)
  })
  const listed = parameter === undefined ? '' : lines.text(parameter).replace(/\]$/, '')
  for (const part of listed.split(',')) {
    if (/^\d{1,9}$/.test(part) && Number(part) < infos.length) found.add(Number(part))
  }
  return found
}

export interface FeatureDescription {
  readonly describe: () => readonly Feature[]
  readonly warnings: readonly string[]
}

/** The lists of pandas belong to the categorical columns in their order; there have to be as many of both. */
export function describeFeatures(
  names: readonly string[],
  categorical: ReadonlySet<number>,
  pandas: readonly (readonly Category[])[],
): FeatureDescription {
  const columns = [...categorical].sort((a, b) => a - b)
  const fits = pandas.length === columns.length
  const warnings =
    pandas.length > 0 && !fits
      ? [
          `The file names the categories of ${pandas.length} columns of a data frame, but ${columns.length} features ` +
            'are categorical, so it is not known which belong to which: give the codes of the categories.',
        ]
      : []
  const describe = () =>
    names.map((name, i): Feature => {
      if (!categorical.has(i)) return { name, type: 'number' }
      const categories = fits ? pandas[columns.indexOf(i)] : undefined
      return categories === undefined
        ? { name, type: 'category' }
        : { name, type: 'category', categories }
    })
  return { describe, warnings }
}
