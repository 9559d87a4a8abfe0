import { LogisticRegression } from '@dsapi/model'
import { describe, expect, test } from 'vitest'
import type { Batch } from '../batch.ts'
import { InputError } from '../input-error.ts'
import { logisticRegressionRuntime } from '../kinds/logistic-regression.ts'
import type { Predictions } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import { answerRows } from './answer-rows.ts'
import { compareModels } from './compare-models.ts'

const X = [[0], [1], [2], [3]]
const labels = ['no', 'yes', 'no', 'yes']
const fitted = (C: number) =>
  logisticRegressionRuntime(new LogisticRegression({ C }).fit(X, labels, { featureNames: ['a'] }))

/** Answers a row with a multiple of its number, and refuses numbers below zero. */
const times = (factor: number): ModelRuntime => {
  const predictSync = ({ nRows, numbers }: Batch): Predictions => {
    if (numbers.some((number) => number < 0)) throw new InputError('must not be negative')
    const values = Float64Array.from(numbers, (number) => factor * number)
    return { type: 'values', nRows, names: ['value'], values }
  }
  return {
    info: {
      ...{ format: 'times', precision: 'float64', featureNames: ['a'] },
      features: [{ name: 'a', type: 'number', nullable: false }],
      output: { type: 'values', names: ['value'] },
    },
    predictSync,
    predict: async (batch) => predictSync(batch),
    close: async () => {},
  }
}

const asked = (model: ModelRuntime, rows: readonly (readonly number[])[]) => ({ model, rows })

describe('rows', () => {
  test('are answered in order, and one that is refused does not keep others from it', async () => {
    expect(await answerRows(times(2), [[1], [-1], [3]])).toEqual([
      { type: 'answered', answer: { value: 2 } },
      { type: 'refused', problem: 'must not be negative' },
      { type: 'answered', answer: { value: 6 } },
    ])
  })

  test('may be none', async () => {
    expect(await answerRows(times(2), [])).toEqual([])
  })
})

describe('two models of values', () => {
  const compare = (factor: number, rows: readonly (readonly number[])[], y: readonly number[]) =>
    compareModels(asked(times(1), rows), asked(times(factor), rows), y)

  test('are scored by their errors', async () => {
    const { scores } = await compare(2, [[1], [2], [3]], [1, 2, 3])
    expect(scores).toEqual([
      { type: 'values', r2: 1, meanAbsoluteError: 0, rootMeanSquaredError: 0 },
      {
        type: 'values',
        r2: expect.closeTo(-6, 12),
        meanAbsoluteError: 2,
        rootMeanSquaredError: Math.sqrt(14 / 3),
      },
    ])
  })

  test('differ by more than 1 %, or still agree', async () => {
    expect((await compare(1.02, [[1], [2]], [1, 2])).changes).toMatchObject({ rows: 2, changed: 2 })
    const { changes } = await compare(1.005, [[0], [2]], [1, 2])
    expect(changes).toMatchObject({ rows: 2, changed: 0 })
    expect(changes.differences.filter(({ rows }) => rows > 0)).toEqual([
      { upTo: 0, rows: 1 },
      { upTo: 0.01, rows: 1 },
    ])
  })

  test('list the rows that differ most, the largest difference first', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i])
    const first = times(1)
    const second: ModelRuntime = {
      ...first,
      predictSync: ({ nRows, numbers }) => {
        const values = Float64Array.from(numbers, (number) => number + 1)
        return { type: 'values', nRows, names: ['value'], values }
      },
    }
    const { changes } = await compareModels(
      asked(first, rows),
      asked(second, rows),
      rows.map(([value]) => value),
    )
    expect(changes.worst.map(({ source }) => source)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(changes.worst[1]).toEqual({
      ...{ source: 1, row: [1], before: { value: 1 }, after: { value: 2 }, size: 0.5 },
    })
  })

  test('have no R² of a single row, and no scores of none', async () => {
    expect((await compare(2, [[1]], [1])).scores?.[0]).toMatchObject({ r2: undefined })
    expect((await compare(2, [[-1]], [1])).scores).toBeUndefined()
  })
})

describe('two models of classes', () => {
  const X2 = asked(fitted(100), X)

  test('are scored by the rows that both answer', async () => {
    const { scores, changes } = await compareModels(X2, asked(fitted(0.001), X), labels)
    expect(scores?.[0]).toMatchObject({ type: 'classes', accuracy: 0.5, rocAuc: 0.75 })
    expect(scores?.[1]).toMatchObject({ type: 'classes', rocAuc: 0.75 })
    expect(changes).toMatchObject({ rows: 4, refused: 0 })
  })

  test('have no ROC AUC where a class has no row, and the loss of a label that they do not know', async () => {
    const { scores } = await compareModels(X2, X2, ['no', 'no', 'no', 'no'])
    expect(scores?.[0]).toMatchObject({ rocAuc: undefined })
    const other = await compareModels(X2, X2, ['no', 'perhaps', 'no', 'yes'])
    expect(other.scores?.[0]).toMatchObject({
      ...{ type: 'classes', accuracy: expect.any(Number), logLoss: expect.any(Number) },
    })
  })
})

test('rows that one of two models refuses are counted and not compared', async () => {
  const plain = times(1)
  const every: ModelRuntime = {
    ...plain,
    predictSync: ({ nRows, numbers }) => {
      const values = Float64Array.from(numbers)
      return { type: 'values', nRows, names: ['value'], values }
    },
  }
  const rows = [[1], [-1]]
  const worse = await compareModels(asked(every, rows), asked(plain, rows), [1, 1])
  expect(worse).toMatchObject({ changes: { rows: 1, refused: 1 }, refusedByFirst: 0 })
  expect(worse.changes.refusals).toEqual([{ source: 1, problem: 'must not be negative' }])
  const better = await compareModels(asked(plain, rows), asked(every, rows), [1, 1])
  expect(better).toMatchObject({ changes: { rows: 1, refused: 0 }, refusedByFirst: 1 })
})
