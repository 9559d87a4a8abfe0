import { batchOfNumbers, type ModelRuntime, type Predictions } from '@dsapi/inference'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeWhenIdle, countUses } from './count-uses.ts'

const minute = 60_000
const batch = batchOfNumbers(Float64Array.of(1), 1)
const predictions: Predictions = {
  type: 'values',
  nRows: 1,
  names: ['y'],
  values: Float64Array.of(2),
}

/** An engine whose batches end when the test says so. */
const engine = () => {
  let isClosed = false
  const ends: (() => void)[] = []
  const runtime: ModelRuntime = {
    info: {
      ...{ format: 'test', precision: 'float64', featureNames: ['x'] },
      features: [{ name: 'x', type: 'number', nullable: false }],
      output: { type: 'values', names: ['y'] },
    },
    predict: async () => {
      await new Promise<void>((resolve) => ends.push(resolve))
      return predictions
    },
    state: () => ({ isReady: true, restarts: 3 }),
    close: async () => {
      isClosed = true
    },
  }
  return { runtime, isClosed: () => isClosed, end: () => ends.shift()?.() }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a model that was replaced is closed a minute after its last batch', async () => {
  const { runtime, isClosed, end } = engine()
  const counted = countUses(runtime)
  const answer = counted.predict(batch)
  const closing = closeWhenIdle(counted)
  await vi.advanceTimersByTimeAsync(10 * minute)
  expect(isClosed()).toBe(false)
  end()
  expect(await answer).toBe(predictions)
  await vi.advanceTimersByTimeAsync(minute / 2)
  // A batch after another, of a request that found the model before.
  const second = counted.predict(batch)
  end()
  await second
  await vi.advanceTimersByTimeAsync(minute - 1)
  expect(isClosed()).toBe(false)
  await vi.advanceTimersByTimeAsync(2 * minute)
  await closing
  expect(isClosed()).toBe(true)
})

test('it is asked, described and closed as the engine itself', async () => {
  const { runtime, isClosed } = engine()
  const counted = countUses(runtime)
  expect(counted.info).toBe(runtime.info)
  expect(counted.state?.()).toEqual({ isReady: true, restarts: 3 })
  expect(counted.predictSync).toBeUndefined()
  await counted.close()
  expect(isClosed()).toBe(true)
})
