import { expect, test } from 'vitest'
import { nextAttemptAt, tryForMs } from './schedule.ts'

const attemptsFrom = (random: () => number) => {
  const at: number[] = []
  let now: number | undefined = 0
  while (now !== undefined) {
    at.push(now)
    now = nextAttemptAt({ attempts: at.length, giveUpAt: tryForMs }, now, random)
  }
  return at
}

test('a delivery is tried eight times in a day, with pauses that grow, and the last time when the day is over', () => {
  const minutes = attemptsFrom(() => 0).map((ms) => Math.round(ms / 60_000))
  expect(minutes).toEqual([0, 0, 5, 35, 155, 455, 1055, 1440])
})

test('chance lengthens each pause by at most a tenth', () => {
  const [, second, third] = attemptsFrom(() => 1)
  expect([second, third]).toEqual([5500, 5500 + 330_000])
})
