const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const isUnit = (text: string | undefined): text is keyof typeof unitMs =>
  text !== undefined && text in unitMs

/** The form of a span of time, for messages about a wrong one. */
export const durationForm = 'a span of time such as 90d, 24h, 30m or 45s'

/** Reads a span such as `90d`, `24h`, `30m` or `45s` as milliseconds; undefined for anything else. */
export const parseDuration = (text: string): number | undefined => {
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? []
  return isUnit(unit) ? Number(count) * unitMs[unit] : undefined
}
