import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { type AnsweredPiece, logisticRegressionRuntime, textArtifact } from '@dsapi/inference'
import { LogisticRegression } from '@dsapi/model'
import { toStoredModel } from '@dsapi/registry'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryBudget } from '../../http/memory-budget.ts'
import { createPredictor } from './predictor.ts'

const model = new LogisticRegression().fit([[0], [1]], [0, 1], { featureNames: ['x'] })
const stored = toStoredModel({
  ...{ name: 'default', version: 1, sha256: 'abc', createdAt: 0, options: {} },
  model: logisticRegressionRuntime(model),
  artifact: textArtifact(JSON.stringify(model)),
})
const predictor = (timeLimitMs: number) => {
  const made = createPredictor(timeLimitMs)
  onTestFinished(made.close)
  return made
}

const body = (rows: number, limitBytes = 2 ** 30) => {
  const budget = createMemoryBudget(limitBytes)
  const bytes = new TextEncoder().encode(`{"instances":[${Array(rows).fill('[1]').join(',')}]}`)
  return { budget, read: { bytes, held: budget.take(new EventEmitter() as ServerResponse, 0) } }
}
const wanted = {
  ownerId: 'a',
  sampleSize: 0,
  unknownMembers: 'ignored',
  signal: new AbortController().signal,
} as const
const hour = 3_600_000

describe('a large body', () => {
  test('that takes longer than it may is refused, and the next has another thread', async () => {
    const { predict } = predictor(1)
    const { read } = body(1_000_000)
    await expect(predict(stored, read, wanted)).rejects.toMatchObject({
      code: 'body_too_large',
      message: expect.stringContaining('took longer than 0.001 seconds'),
    })
    const small = await predict(stored, body(10).read, wanted)
    expect((await small.next()).value?.counts).toEqual([0, 10])
  })

  test('whose client is gone is computed no further', async () => {
    const { predict } = predictor(hour)
    const leaving = new AbortController()
    const predicted = predict(stored, body(1_000_000).read, { ...wanted, signal: leaving.signal })
    leaving.abort()
    await expect(predicted).rejects.toMatchObject({ code: 'unavailable' })
    const pieces = await predict(stored, body(100_000).read, wanted)
    expect((await pieces.next()).done).toBe(false)
    await pieces.return()
  })

  test('ends with the server, whatever it is at', async () => {
    const { predict, close } = predictor(hour)
    const predicted = predict(stored, body(1_000_000).read, wanted)
    const refused = expect(predicted).rejects.toMatchObject({ code: 'unavailable' })
    await close()
    await refused
  })

  test('holds the memory of its numbers and of the pieces on their way, not of its whole answer', async () => {
    const { predict } = predictor(hour)
    const { budget, read } = body(100_000)
    const pieces = await predict(stored, read, wanted)
    expect(budget.heldBytes()).toBe(100_000 * 8 + 3 * 2 ** 20)
    const all: AnsweredPiece[] = []
    for await (const piece of pieces) all.push(piece)
    const answer = all.reduce((bytes, piece) => bytes + piece.bytes.length, 0)
    expect(answer).toBeGreaterThan(1.5 * budget.heldBytes())
    for (const { bytes } of all) expect(bytes.length).toBeLessThan(2 ** 20)
  })

  test('is refused when its numbers take more memory than there is', async () => {
    const { predict } = predictor(hour)
    const { read } = body(100_000, 1000)
    await expect(predict(stored, read, wanted)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
