import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inSlices } from './in-slices.ts'

test('other work has its turns while work is done in steps', async () => {
  let turns = 0
  const takeTurns = async () => {
    for (; turns < 3; turns++) await setImmediate()
  }
  function* work() {
    while (turns < 3) yield
    return 'done'
  }
  expect(await Promise.all([inSlices(work()), takeTurns()])).toEqual(['done', undefined])
})
