/** The order in which a date is written: 2026-01-31, 31.01.2026 or 01/31/2026. */
export type DateOrder = 'year first' | 'day first' | 'month first'

const dateOnly = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/
const timeOnly = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?(Z|[+-]\d{2}:?\d{2})?$/

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
  const end = text.search(/[T ]/)
  const match = dateOnly.exec(end === -1 ? text : text.slice(0, end))
  const time = end === -1 ? ['', '0', '0'] : timeOnly.exec(text.slice(end + 1))
  if (match === null || time === null) return undefined
  const [, first, separator, second, third] = match
  // With points between, the day is always first.
  if (order === 'month first' && separator === '.') return undefined
  const [year, month, day] =
    order === 'year first'
      ? [first, second, third]
      : order === 'day first'
        ? [third, second, first]
        : [third, first, second]
  if (year.length !== 4 || day.length > 2 || month.length > 2) return undefined
  const [, hours, minutes, seconds = '0', zone = 'Z'] = time
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
