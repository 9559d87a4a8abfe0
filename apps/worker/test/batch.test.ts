import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { makeWorld, type World } from './running-worker.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld(await emptyDatabase())
  return world.stop
})

const ndjson = { type: 'ndjson' } as const
const fit = () => world.fit([[0], [1], [2], [3]], ['001', '001', '1', '1'], ['x'])

describe('the result of a batch', () => {
  test('is written in pieces of about a megabyte, however long it is', async () => {
    const model = await fit()
    const id = await world.submitBatch(ndjson, ['{}\n'.repeat(100_000), '[3]\n'], model)
    await world.work()
    const job = await world.ended(id)
    const pieces = await world.output(id)
    expect(job).toMatchObject({
      state: 'succeeded',
      result: { rows: 100_001, failed_rows: 100_000, classes: ['001', '1'], chunks: pieces.length },
    })
    expect(pieces.length).toBeGreaterThan(2)
    for (const piece of pieces) expect(piece.length).toBeLessThan(2 ** 20 + 200)
    expect(pieces.at(-1)).toMatch(/^100001,1,/)
  })

  test('that becomes too large is none, and nothing of it stays', async () => {
    const model = await fit()
    const id = await world.submitBatch(ndjson, ['{}\n'.repeat(100_000), '{}\n'], model)
    await world.work({ maxResult: 1_200_000 })
    expect(await world.ended(id)).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.stringMatching(
        /^The result is larger than 1200000 bytes, .* Of the first (\d+) rows, \1 could not be scored/,
      ),
    })
    expect(await world.output(id)).toEqual([])
  })
})

test('a batch without the columns of the model fails, and has no rows that failed', async () => {
  const model = await fit()
  const id = await world.submitBatch({ type: 'csv', columns: ['y'] }, ['1\n'], model)
  await world.work()
  expect(await world.ended(id)).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: 'The header lacks columns that the model needs: x',
  })
})
