import type { CopyProgress } from '@dsapi/db'
import { bar } from '../../terminal/bar.ts'

const words: Readonly<Record<CopyProgress['stage'], string>> = {
  read: 'Reading',
  compare: 'Comparing',
  write: 'Copying',
  check: 'Verifying',
}

const barWidth = 20
/** Below this share the remaining time is a guess. */
const knownAfter = 0.02

/** Copying a row costs as much as so many bytes of a long text (measured: 0.2 ms against 0.15 s a megabyte). */
const bytesOfRow = 1000

/** Which share of a stage is done, from 0 to 1. */
export const shareOf = ({ rows, allRows, bytes, allBytes }: CopyProgress): number =>
  allBytes === undefined
    ? rows / allRows
    : (bytes + rows * bytesOfRow) / (allBytes + allRows * bytesOfRow)

/** A span of time for people: `7 s`, `3 min 20 s`, `2 h 5 min`. */
export const formatSeconds = (seconds: number): string => {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** The progress of a stage in a line: its name, a bar, rows, speed and remaining time. */
export const drawProgress = (progress: CopyProgress, elapsedMs: number): string => {
  const { stage, table, rows, allRows, bytes } = progress
  const share = shareOf(progress)
  const seconds = Math.max(0.001, elapsedMs / 1000)
  const speed = `${(bytes / 1e6 / seconds).toFixed(1)} MB/s`
  const left =
    share < knownAfter || share === 1
      ? ''
      : `  ${formatSeconds((seconds * (1 - share)) / share)} left`
  const count = `${rows.toLocaleString('en')} of ${allRows.toLocaleString('en')} rows`
  const picture = `▕${bar(share, barWidth).padEnd(barWidth)}▏${String(Math.floor(100 * share)).padStart(3)} %`
  return `${words[stage].padEnd(15)} ${table.padEnd(11)} ${picture}  ${count}  ${speed}${left}`
}
