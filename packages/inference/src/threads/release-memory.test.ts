import { expect, test } from 'vitest'
import { releaseMemory } from './release-memory.ts'

test('large bytes in memory of their own are gone', () => {
  const bytes = new Uint8Array(100_000)
  releaseMemory(bytes)
  expect(bytes).toHaveLength(0)
})

test('bytes that share their memory stay, and small ones', () => {
  const [whole, small] = [new Uint8Array(100_000), new Uint8Array(10)]
  releaseMemory(whole.subarray(1))
  releaseMemory(small)
  expect([whole.length, small.length]).toEqual([100_000, 10])
})
