import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { every } from './every.ts'
import { oneAtATime } from './one-at-a-time.ts'

const unexpected = (error: unknown) => expect.unreachable(String(error))

test('a loop goes on after an error, which it reports, and ends when it is stopped', async () => {
  const errors: unknown[] = []
  let runs = 0
  const second = Promise.withResolvers<void>()
  const loop = every(
    1,
    async () => {
      if (++runs === 2) second.resolve()
      throw new Error(`run ${runs}`)
    },
    (error) => errors.push(error),
  )
  await second.promise
  await loop.stop()
  const stoppedAt = runs
  await setTimeout(20)
  expect(runs).toBe(stoppedAt)
  expect(errors).toHaveLength(runs)
})

test('a loop that is woken does not wait for the end of its pause', async () => {
  const run = Promise.withResolvers<void>()
  const loop = every(3_600_000, async () => run.resolve(), unexpected)
  loop.wake()
  await run.promise
  await loop.stop()
})

test('all calls during a run are served by one run after it, which begins after they were made', async () => {
  const begun: PromiseWithResolvers<void>[] = []
  const flush = oneAtATime(async () => {
    const run = Promise.withResolvers<void>()
    begun.push(run)
    await run.promise
  }, unexpected)
  const first = flush()
  await setTimeout(0)
  const later = [flush(), flush()]
  expect(begun).toHaveLength(1)
  begun[0].resolve()
  await first
  await setTimeout(0)
  expect(begun).toHaveLength(2)
  begun[1].resolve()
  await Promise.all(later)
})

test('an error of a run is reported, and the next call runs again', async () => {
  const errors: unknown[] = []
  const flush = oneAtATime(
    async () => {
      throw new Error('locked')
    },
    (error) => errors.push(error),
  )
  await flush()
  await flush()
  expect(errors).toHaveLength(2)
})
