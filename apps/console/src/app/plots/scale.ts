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
