import type { Drift } from '@dsapi/client'
import { formatNumber } from '../../format.ts'
import type { ShareRow } from '../../plots/share-rows.ts'

type Feature = Drift['features'][number]
type Bin = Feature['bins'][number]

const labelOf = ({ lower, upper }: Bin): string => {
  if (lower === undefined) return upper === undefined ? 'all' : `up to ${formatNumber(upper)}`
  if (upper === undefined) return `above ${formatNumber(lower)}`
  if (lower === upper) return `exactly ${formatNumber(lower)}`
  return `${formatNumber(lower)} to ${formatNumber(upper)}`
}

type ApiShares = { readonly expected_share: number; readonly actual_share: number }

const rowOf = (label: string, { expected_share, actual_share }: ApiShares): ShareRow => ({
  ...{ label, expected: expected_share, actual: actual_share },
})

export const binRows = (bins: readonly Bin[]): readonly ShareRow[] =>
  bins.map((bin) => rowOf(labelOf(bin), bin))

/** The shares of a feature: of its numbers, its texts, and where it is missing. */
export const featureRows = ({ bins, texts = [], missing }: Feature): readonly ShareRow[] => [
  ...binRows(bins),
  ...texts.map(({ text = '(other texts)', ...shares }) => rowOf(text, shares)),
  ...(missing ? [rowOf('(missing)', missing)] : []),
]

export const classRows = (answers: Drift['answers']): readonly ShareRow[] =>
  answers.map(({ class: label, ...shares }) => rowOf(String(label), shares))

/** The features, those that have moved most first. */
export const byIndex = (features: readonly Feature[]): readonly Feature[] =>
  features.toSorted((a, b) => b.psi - a.psi)
