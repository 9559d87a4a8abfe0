import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

test('so many tasks run at a time, in their order, whether they fail or not', async () => {
  const pass = createGate(2)
  const started: number[] = []
  const ends: (() => void)[] = []
  const run = (number: number) =>
    pass(async () => {
      started.push(number)
      await new Promise<void>((resolve) => ends.push(resolve))
      if (number === 1) throw new Error('failed')
      return number
    })
  const all = Promise.allSettled([1, 2, 3, 4].map(run))
  await new Promise(setImmediate)
  expect(started).toEqual([1, 2])
  for (const upTo of [3, 4]) {
    ends.shift()?.()
    await new Promise(setImmediate)
    expect(started.at(-1)).toBe(upTo)
  }
  for (const end of ends) end()
  expect((await all).map(({ status }) => status)).toEqual([
    ...['rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
  ])
})
