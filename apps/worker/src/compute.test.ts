import { setTimeout } from 'node:timers/promises'
import { logisticRegressionRuntime, predictRow, textArtifact } from '@dsapi/inference'
import { LogisticRegression } from '@dsapi/model'
import { JobError } from '@dsapi/queue'
import { toStoredModel } from '@dsapi/registry'
import { expect, onTestFinished, test } from 'vitest'
import { createCompute } from './compute.ts'

const fitted = new LogisticRegression().fit([[0], [1]], [0, 1], { featureNames: ['x'] })
const model = logisticRegressionRuntime(fitted)
const storedOf = (version: number, sha256: string, of: typeof fitted) =>
  toStoredModel({
    ...{ name: 'default', version, sha256, createdAt: 0, options: {} },
    model: logisticRegressionRuntime(of),
    artifact: textArtifact(JSON.stringify(of)),
  })
const stored = storedOf(1, 'abc', fitted)
const task = { signal: new AbortController().signal }

const computing = (pieceMs?: number) => {
  const made = createCompute(2, pieceMs)
  onTestFinished(made.close)
  return made.compute
}

const slow = (features: unknown, delayMs = 0) => ['slow-prediction', { delayMs, features }] as const

test('a slow prediction is the same as a fast one, and says which model made it', async () => {
  expect(await computing()(...slow({ x: 0.7 }), stored, task)).toEqual({
    ...predictRow(model, [0.7]),
    model_version: '1-abc',
  })
})

test('a thread uses the model that it is asked with', async () => {
  const compute = computing()
  const opposite = new LogisticRegression().fit([[0], [1]], [1, 0], { featureNames: ['x'] })
  const newer = storedOf(2, 'def', opposite)
  expect(await compute(...slow({ x: 9 }), stored, task)).toMatchObject({ class: 1 })
  expect(await compute(...slow({ x: 9 }), newer, task)).toMatchObject({ class: 0 })
})

test('it ends at once when its job is taken away', async () => {
  const aborting = new AbortController()
  const computed = computing()(...slow({ x: 0.7 }, 3_600_000), stored, aborting)
  await setTimeout(50)
  aborting.abort()
  await expect(computed).rejects.toThrow('was ended')
})

test('its owner is told when the model of today does not fit the input', async () => {
  const error = await computing()(...slow({ y: 1 }), stored, task).catch((error: unknown) => error)
  if (!(error instanceof JobError)) throw new Error('it should have failed for its owner')
  expect(error.message).toBe('model 1-abc cannot use this input: x is missing')
  expect(error.stack).toContain('computing-thread')
})

test('lines of a batch are scored', async () => {
  const asked = { format: { type: 'ndjson' }, lines: '[9]\n[x]\n', firstRow: 1 } as const
  expect(await computing()('batch', asked, stored, task)).toMatchObject({
    rows: 2,
    failedRows: 1,
  })
})

test('a piece of work that takes too much memory is ended, and another attempt is not made', async () => {
  const { compute, close } = createCompute(1, undefined, 20)
  onTestFinished(close)
  const lines = `[${'1,'.repeat(4_000_000)}1]\n`
  const failed = compute('batch', { format: { type: 'ndjson' }, lines, firstRow: 1 }, stored, task)
  await expect(failed).rejects.toMatchObject({
    name: 'JobError',
    message: 'A piece of the work took more memory than 20 MiB. Submit shorter rows',
    isFinal: true,
  })
})

test('a piece of work that takes too long is ended, and its owner is told', async () => {
  const compute = computing(1)
  const lines = '[9]\n'.repeat(100_000)
  const failed = compute('batch', { format: { type: 'ndjson' }, lines, firstRow: 1 }, stored, task)
  await expect(failed).rejects.toThrow(JobError)
  await expect(failed).rejects.toThrow('A piece of the work took longer than 0.001 seconds')
})

test.each([
  ['y\n1\n', ['y'], 'The header lacks columns that the model needs: x'],
  [
    '"1\n',
    ['x'],
    'The rows are not valid CSV: the quote on line 1 is never closed; expected another quote',
  ],
])(
  'the owner of a batch learns at once what no attempt can mend: %j',
  async (lines, columns, why) => {
    const asked = { format: { type: 'csv', columns }, lines, firstRow: 1 } as const
    const error = await computing()('batch', asked, stored, task).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(JobError)
    expect(error).toMatchObject({ message: why, isFinal: true })
  },
)
