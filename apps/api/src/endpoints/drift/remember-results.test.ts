import { expect, test } from 'vitest'
import { rememberResults } from './remember-results.ts'

const start = (mostWaiting = 8) => {
  let time = 0
  const remember = rememberResults<number>({ keepMs: 60_000, mostWaiting, now: () => time })
  return {
    remember,
    wait: (ms: number) => {
      time += ms
    },
  }
}

test('a result is computed once for all that ask within its time', async () => {
  const { remember, wait } = start()
  let runs = 0
  const task = async () => ++runs
  expect(await Promise.all([remember('a', task), remember('a', task)])).toEqual([1, 1])
  wait(59_999)
  expect(await remember('a', task)).toBe(1)
  wait(1)
  expect(await remember('a', task)).toBe(2)
  expect(await remember('b', task)).toBe(3)
})

test('one task runs at a time, and a failed one is neither remembered nor in the way', async () => {
  const { remember } = start()
  let running = 0
  const task = async () => {
    running++
    expect(running).toBe(1)
    await Promise.resolve()
    running--
    return 7
  }
  const failing = remember('a', () => Promise.reject(new Error('no')))
  const others = Promise.all([remember('b', task), remember('c', task)])
  await expect(failing).rejects.toThrow('no')
  expect(await others).toEqual([7, 7])
  expect(await remember('a', task)).toBe(7)
})

test('more tasks than may wait are refused', async () => {
  const { remember } = start(0)
  const { promise, resolve } = Promise.withResolvers<number>()
  const first = remember('a', () => promise)
  await expect(remember('b', () => promise)).rejects.toMatchObject({ code: 'unavailable' })
  resolve(1)
  expect(await first).toBe(1)
})
