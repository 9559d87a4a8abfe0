import { compensatedSum } from '../arithmetic/compensated-sum.ts'
import { median } from '../arithmetic/median.ts'
import { ModelError } from '../errors.ts'
import type { Column } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { compareCodePoints } from '../validation/compare-code-points.ts'
import { show } from '../validation/show.ts'

/** How a missing value is made up for. */
export type ImputerStrategy = 'mean' | 'median' | 'most_frequent' | 'constant'

/**
 * What fills a column: its mean, its median, or its most frequent value, of equally frequent ones the smallest; null
 * where the column has no value.
 *
 * @throws {ModelError} `invalid_data` when the column has texts, which have no mean and no median
 */
export function columnStatistic(
  column: Column,
  name: string,
  strategy: Exclude<ImputerStrategy, 'constant'>,
): number | string | null {
  if (column instanceof TextColumn) {
    if (strategy === 'most_frequent') return mostFrequentText(column)
    throw new ModelError(
      'invalid_data',
      `column ${show(name)} has texts, which have no ${strategy}; expected the strategy "most_frequent" or "constant"`,
      { column: name, option: 'strategy' },
    )
  }
  const values = valuesOf(column)
  if (values.length === 0) return null
  if (strategy === 'most_frequent') return mostFrequentNumber(values)
  const statistic = strategy === 'median' ? median(values) : compensatedSum(values) / values.length
  if (Number.isFinite(statistic)) return statistic
  throw new ModelError(
    'invalid_data',
    `column ${show(name)} is too large: its mean is no double; expected smaller values, or the strategy "median"`,
    { column: name },
  )
}

/** The values that are not missing. A loop takes a tenth of the time of `filter`. */
function valuesOf(column: Float64Array): Float64Array {
  const values = new Float64Array(column.length)
  let length = 0
  for (let row = 0; row < column.length; row++) {
    if (!Number.isNaN(column[row])) values[length++] = column[row]
  }
  return values.subarray(0, length)
}

function mostFrequentText({ codes, values }: TextColumn): string | null {
  const counts = new Uint32Array(values.length + 1)
  for (let row = 0; row < codes.length; row++) counts[codes[row] + 1]++
  let best: string | null = null
  let most = 0
  for (const [code, value] of values.entries()) {
    const count = counts[code + 1]
    if (count < most || count === 0) continue
    if (count > most || best === null || compareCodePoints(value, best) < 0) best = value
    most = count
  }
  return best
}

function mostFrequentNumber(values: Float64Array): number {
  values.sort()
  let best = values[0]
  let most = 0
  for (let start = 0; start < values.length; ) {
    let end = start + 1
    while (end < values.length && values[end] === values[start]) end++
    if (end - start > most) {
      most = end - start
      best = values[start]
    }
    start = end
  }
  return best + 0 // Minus zero is zero.
}
