/** The order in which a date is written: 2026-01-31, 31.01.2026 or 01/31/2026. */
export type DateOrder = 'year first' | 'day first' | 'month first'

const time = String.raw`(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?(Z|[+-]\d{2}:?\d{2})?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`)
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${time}$`)

/** No date is longer, so that a long text costs nothing. */
const MAX_LENGTH = 40
const MS_PER_DAY = 86_400_000

/**
 * Reads a date, with or without a time of day, as the number of days since 1970-01-01. A time without a zone is one of UTC.
 *
 * @returns undefined for what is no date of this order, such as 2026-02-30
 *
 * Source: ISO 8601, where the year is first.
 */
export function readDate(text: string, order: DateOrder): number | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const match = (order === 'year first' ? yearFirst : yearLast).exec(text)
  if (match === null) return undefined
  // With points between, the day is always first.
  if (order === 'month first' && match[2] === '.') return undefined
  const [, a, , b, c, hours = '0', minutes = '0', seconds = '0', zone = 'Z'] = match
  const [year, month, day] =
    order === 'year first' ? [a, b, c] : order === 'day first' ? [c, b, a] : [c, a, b]
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  // A day that the month does not have becomes one of the next month.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) {
    return undefined
  }
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) >= 61) return undefined
  const ofDay = Number(hours) * 60 + Number(minutes) - minutesOf(zone)
  return (date.getTime() + ofDay * 60_000 + Number(seconds) * 1000) / MS_PER_DAY
}

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone.startsWith('-') ? -minutes : minutes
}
