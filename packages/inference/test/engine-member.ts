// A member of an engine for tests, in a thread or a process. Its model answers with the double of each number, and does
// otherwise at some numbers.

import { serveEngine } from '../src/engines/serve-engine.ts'

/** What a row that begins with one of these numbers does. */
export const row = {
  ends: -1,
  throws: -2,
  isNotFinite: -3,
  neverAnswers: -4,
  loseItsAnswer: -5,
  prints: -6,
} as const

export type MemberData = { readonly failsToLoad?: string; readonly width?: number }

serveEngine(async ({ failsToLoad, width = 1 }: MemberData) => {
  if (failsToLoad !== undefined) throw new Error(failsToLoad)
  return {
    hello: { width, pid: process.pid },
    predict: ({ nRows, numbers }) => {
      if (numbers.includes(row.throws)) throw new Error('no')
      if (numbers.includes(row.ends)) process.exit(3)
      while (numbers.includes(row.neverAnswers));
      if (numbers.includes(row.prints)) console.log('computing\n\nrow')
      const values = Float64Array.from(numbers, (x) => (x === row.isNotFinite ? Number.NaN : 2 * x))
      const lost = numbers.includes(row.loseItsAnswer) ? 1 : 0
      return { type: 'values', nRows, names: ['double'], values: values.subarray(lost) }
    },
  }
})
