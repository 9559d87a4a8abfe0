export type Domain = readonly [number, number]

/** Maps numbers of a domain to places on the page, in a straight line. */
export type Scale = {
  readonly place: (value: number) => number
  readonly valueAt: (place: number) => number
  readonly domain: Domain
}

export const linearScale = (domain: Domain, [from, to]: readonly [number, number]): Scale => {
  const [low, high] = domain
  const span = high - low || 1
  return {
    place: (value) => from + ((value - low) / span) * (to - from),
    valueAt: (place) => low + ((place - from) / (to - from)) * span,
    domain,
  }
}

/** Round numbers within a domain, at most `most` of them: multiples of 1, 2 or 5 times a power of ten. */
export const ticksOf = ([low, high]: Domain, most: number): number[] => {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return [low]
  const raw = span / most
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // Multiplied anew each time, so that no error adds up.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

/** A domain that holds all finite values. */
export const domainOf = (values: Iterable<number>): Domain => {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) return [0, 1]
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}

const [secondMs, minuteMs, hourMs, dayMs] = [1000, 60_000, 3_600_000, 86_400_000]
const timeSteps = [
  ...[1, 5, 15, 30].map((count) => count * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12].map((count) => count * hourMs),
  ...[1, 2, 7].map((count) => count * dayMs),
]

/**
 * Round times within a domain of milliseconds since 1970, at most `most` of them and one more.
 *
 * @param offsetMs how far the clock that is shown is ahead of UTC
 */
export const timeTicksOf = ([low, high]: Domain, most: number, offsetMs: number): number[] => {
  const step = timeSteps.find((ms) => (high - low) / ms <= most) ?? 30 * dayMs
  const ticks: number[] = []
  const first = Math.ceil((low + offsetMs) / step) * step - offsetMs
  for (let tick = first; tick <= high; tick += step) ticks.push(tick)
  return ticks
}
