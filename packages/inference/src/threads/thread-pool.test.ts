import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { InputError } from '../input-error.ts'
import { createThreadPool, ThreadEnded } from './thread-pool.ts'

const pool = (size = 1) => {
  const made = createThreadPool({
    url: new URL('../../test/computing-thread.ts', import.meta.url),
    size,
    heapMb: 32,
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

test('an error arrives as one of its own class', async () => {
  await expect(pool().run({ do: 'throw' }, { signal: unaborted })).rejects.toThrow(
    new InputError('no'),
  )
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

const reasonOf = (run: Promise<unknown>) =>
  run.then(
    () => 'answered',
    (error: unknown) => (error instanceof ThreadEnded ? error.reason : String(error)),
  )

test('a question that is withdrawn while it waits is answered at once', async () => {
  const { run, waiting } = pool()
  const looping = new AbortController()
  const first = run({ do: 'loop' }, { signal: looping.signal })
  const withdrawing = new AbortController()
  const second = run({ do: 'answer' }, { signal: withdrawing.signal })
  expect(waiting('')).toBe(1)
  withdrawing.abort()
  expect(await reasonOf(second)).toBe('aborted')
  expect(waiting('')).toBe(0)
  looping.abort()
  expect(await reasonOf(first)).toBe('aborted')
})

test('a question for which no thread is free in time is told so', async () => {
  const { run, waiting } = pool()
  const looping = new AbortController()
  const first = run({ do: 'loop' }, { signal: looping.signal })
  const second = run({ do: 'answer' }, { signal: unaborted, timeLimitMs: 20 })
  expect(await reasonOf(second)).toBe('busy')
  expect(waiting('')).toBe(0)
  looping.abort()
  expect(await reasonOf(first)).toBe('aborted')
})

test('of those who wait, the one for whom the fewest threads compute gets the next', async () => {
  const { run, waiting } = pool(2)
  const looping = new AbortController()
  const loop = { owner: 'many', signal: looping.signal }
  const forever = run({ do: 'loop' }, loop)
  const brief = run({ do: 'loop' }, { ...loop, timeLimitMs: 20 })
  const order: string[] = []
  const ask = (owner: string) =>
    run({ do: 'answer' }, { owner, signal: unaborted }).then(() => order.push(owner))
  const asked = ['many', 'many', 'one'].map(ask)
  expect([waiting('many'), waiting('one')]).toEqual([2, 1])
  expect(await reasonOf(brief)).toBe('timeLimit')
  await Promise.all(asked)
  expect(order).toEqual(['one', 'many', 'many'])
  looping.abort()
  expect(await reasonOf(forever)).toBe('aborted')
})

test('a thread whose time is over is ended, and the next question has another', async () => {
  const { run } = pool()
  const looping = run({ do: 'loop' }, { signal: unaborted, timeLimitMs: 20 })
  const next = run({ do: 'answer' }, { signal: unaborted })
  expect(await reasonOf(looping)).toBe('timeLimit')
  expect(await next).toBe(42)
})

test('a thread that takes too much memory is ended, and this process goes on', async () => {
  const { run } = pool()
  expect(await reasonOf(run({ do: 'hoard' }, { signal: unaborted }))).toBe('outOfMemory')
  expect(await run({ do: 'answer' }, { signal: unaborted })).toBe(42)
})

test('whoever waits when the pool is closed is told, and no thread comes after', async () => {
  const { run, close } = pool()
  const both = [
    reasonOf(run({ do: 'loop' }, { signal: unaborted })),
    reasonOf(run({ do: 'answer' }, { signal: unaborted })),
  ]
  await setTimeout(50)
  await close()
  expect(await Promise.all(both)).toEqual(['aborted', 'aborted'])
  expect(await reasonOf(run({ do: 'answer' }, { signal: unaborted }))).toBe('aborted')
})
