const counts = new Intl.NumberFormat('en')
const shares = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
const decimals = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })

export const formatCount = (count: number): string => counts.format(count)

/** @param share from 0 to 1 */
export const formatShare = (share: number): string => shares.format(share)

/** A number with at most four significant digits. */
export const formatNumber = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)
    ? value.toExponential(2)
    : decimals.format(value)

const byteUnits = ['B', 'kB', 'MB', 'GB'] as const

export const formatBytes = (bytes: number): string => {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000
    unit++
  }
  return `${decimals.format(value)} ${byteUnits[unit]}`
}

const steps = [
  [86_400_000, 'd', 3_600_000, 'h'],
  [3_600_000, 'h', 60_000, 'min'],
  [60_000, 'min', 1000, 's'],
] as const

/** A span of time in its two largest units, such as `2 min 5 s`. */
export const formatSpan = (ms: number): string => {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  for (const [unit, name, lower, lowerName] of steps) {
    if (ms < unit) continue
    const rest = Math.floor((ms % unit) / lower)
    return `${Math.floor(ms / unit)} ${name}${rest === 0 ? '' : ` ${rest} ${lowerName}`}`
  }
  return `${decimals.format(Math.floor(ms / 100) / 10)} s`
}

const agoUnits = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

/** How far a time is from now, in one unit: `12 s ago`, `in 3 d`. */
export const formatRelative = (time: number, now: number): string => {
  const distance = Math.abs(now - time)
  if (distance < 1000) return 'now'
  const [unit, name] = agoUnits.find(([ms]) => distance >= ms) ?? [1000, 's']
  const text = `${Math.floor(distance / unit)} ${name}`
  return time > now ? `in ${text}` : `${text} ago`
}

const two = (value: number) => String(value).padStart(2, '0')

/** A time to the second: `2026-11-26 21:45:27`, with `UTC` at its end if it is one. */
export const formatTime = (time: Date, zone: 'local' | 'utc'): string => {
  if (zone === 'utc') return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`
}

/** The first and the last characters of an id of a job, which differ between jobs of the same millisecond. */
export const shortId = (id: string): string =>
  id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id

/** A time as an axis shows it: the time of day, or the day where the axis is longer than two days. */
export const formatTick = (time: number, zone: 'local' | 'utc', spanMs: number): string => {
  const text = formatTime(new Date(time), zone)
  return spanMs > 2 * 86_400_000 ? text.slice(5, 10) : text.slice(11, 16)
}
