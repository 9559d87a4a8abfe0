import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number from `min` to `max`. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
  }

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const isUnit = (text: string | undefined): text is keyof typeof unitMs =>
  text !== undefined && text in unitMs

/** Reads a span of time such as `90d`, `24h`, `30m` or `45s`, as milliseconds. */
export const duration = (text: string): number => {
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? []
  if (isUnit(unit)) return Number(count) * unitMs[unit]
  throw new InvalidArgumentError('It must be a span of time such as 90d, 24h, 30m or 45s.')
}
