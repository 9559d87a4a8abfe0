import { setTimeout } from 'node:timers/promises'
import { quantile } from '../report.ts'

/** How long writes took, in milliseconds. */
export type Latencies = { readonly count: number; readonly p50: number; readonly p99: number }

/** Writes at an even pace until something is over, whether or not the writes before have ended. Each counts from when it was due. */
export const pacedWrites = async (
  write: () => Promise<unknown>,
  { rate, until }: { readonly rate: number; readonly until: Promise<unknown> },
): Promise<Latencies> => {
  const taken: number[] = []
  let isOver = false
  void until.finally(() => {
    isOver = true
  })
  const begun = performance.now()
  const open: Promise<void>[] = []
  for (let next = 0; !isOver; next++) {
    const dueAt = begun + (next * 1000) / rate
    await setTimeout(Math.max(0, dueAt - performance.now()))
    open.push(
      write().then(() => {
        taken.push(performance.now() - dueAt)
      }),
    )
  }
  await Promise.all(open)
  return { count: taken.length, p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) }
}

export const inWords = ({ count, p50, p99 }: Latencies): string =>
  `${count} writes, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
