import type { SnapshotValue } from './snapshot.ts'

/** How often values were observed up to each of some bounds. */
export type Histogram = {
  /** One for each bound, and one for what is above them all. */
  readonly buckets: Uint32Array
  sum: number
}

export const emptyHistogram = (bounds: readonly number[]): Histogram => ({
  buckets: new Uint32Array(bounds.length + 1),
  sum: 0,
})

/** Counts a value. */
export const observeIn = (histogram: Histogram, bounds: readonly number[], value: number): void => {
  let bucket = 0
  while (bucket < bounds.length && value > bounds[bucket]) bucket++
  histogram.buckets[bucket]++
  histogram.sum += value
}

export const countOf = ({ buckets }: Histogram): number =>
  buckets.reduce((sum, count) => sum + count, 0)

/** A histogram as prom-client writes it: each bucket holds what is at or below its bound. */
export const histogramValues = (
  name: string,
  bounds: readonly number[],
  labels: Readonly<Record<string, string>>,
  { buckets, sum }: Histogram,
): SnapshotValue[] => {
  let count = 0
  const values: SnapshotValue[] = [...bounds, '+Inf'].map((le, i) => {
    count += buckets[i]
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count }
  })
  return [
    ...values,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
