import { expect, test } from 'vitest'
import { stopAll } from './stop-all.ts'

test('all parts are stopped, the newest first, and each failure is reported', async () => {
  const stack = new AsyncDisposableStack()
  const stopped: string[] = []
  const part = (name: string, fails: boolean) =>
    stack.defer(async () => {
      stopped.push(name)
      if (fails) throw new Error(name)
    })
  part('database', false)
  part('keys', true)
  part('jobs', true)
  part('server', false)
  const errors: unknown[] = []
  await stopAll(stack, (error) => errors.push(error))
  expect(stopped).toEqual(['server', 'jobs', 'keys', 'database'])
  expect(errors).toEqual([new Error('jobs'), new Error('keys')])
})

test('stopping a second time does nothing', async () => {
  const stack = new AsyncDisposableStack()
  let count = 0
  stack.defer(() => void count++)
  await stopAll(stack, () => {})
  await stopAll(stack, () => {})
  expect(count).toBe(1)
})
