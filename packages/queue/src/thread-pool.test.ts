import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createThreadPool } from './thread-pool.ts'

const pool = (size = 1) => {
  const made = createThreadPool({
    url: new URL('../test/computing-thread.ts', import.meta.url),
    size,
    toError: ({ message }) => new Error(`told: ${message}`),
  })
  onTestFinished(made.close)
  return made
}

const unaborted = new AbortController().signal

test('a thread answers', async () => {
  expect(await pool().run({ do: 'answer' }, { signal: unaborted })).toBe(42)
})

test('more questions than threads are answered all the same', async () => {
  const { run } = pool(2)
  const answers = Array.from({ length: 10 }, () => run({ do: 'answer' }, { signal: unaborted }))
  expect(await Promise.all(answers)).toEqual(Array(10).fill(42))
})

test('an error is told as one', async () => {
  await expect(pool().run({ do: 'throw' }, { signal: unaborted })).rejects.toThrow('told: no')
})

test('a thread that dies fails its question alone', async () => {
  const { run } = pool()
  await expect(run({ do: 'exit' }, { signal: unaborted })).rejects.toThrow('ended with 3')
  expect(await run({ do: 'answer' }, { signal: unaborted })).toBe(42)
})

test('a thread that computes without end is ended, and this one goes on meanwhile', async () => {
  const { run } = pool()
  const aborting = new AbortController()
  const looping = run({ do: 'loop' }, { signal: aborting.signal })
  const waiting = run({ do: 'answer' }, { signal: unaborted })
  await setTimeout(100)
  aborting.abort()
  await expect(looping).rejects.toThrow('was ended')
  expect(await waiting).toBe(42)
})

test('a question that is withdrawn before its turn ends no thread', async () => {
  const { run } = pool()
  const aborted = AbortSignal.abort()
  const both = [
    run({ do: 'answer' }, { signal: unaborted }),
    run({ do: 'loop' }, { signal: aborted }),
  ]
  const [first, second] = await Promise.allSettled(both)
  expect(first).toMatchObject({ status: 'fulfilled' })
  expect(second).toMatchObject({ status: 'rejected' })
  expect(await run({ do: 'answer' }, { signal: unaborted })).toBe(42)
})
