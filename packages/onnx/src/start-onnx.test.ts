import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InputError, ModelFailedError, type ModelRuntime, type Predictions } from '@dsapi/inference'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { describeEngines } from '../test/engines.ts'
import { batchOf, fixtureBytes, fixtureFile, readExpected } from '../test/fixtures.ts'
import { slowModel } from '../test/slow-model.ts'
import { start } from '../test/start.ts'

/** Answers of scikit-learn are of float64, and those of the engines of float32: `fixtures/README.md`. */
const tolerance = 2.5e-7

const classesIn = (predictions: Predictions) => {
  if (predictions.type !== 'classes') throw new Error('expected classes')
  const { classes, predicted, probabilities } = predictions
  return { labels: Array.from(predicted, (place) => classes[place]), probabilities }
}

const valuesIn = (predictions: Predictions) => {
  if (predictions.type !== 'values') throw new Error('expected values')
  return predictions.values
}

const predictFixture = async (model: ModelRuntime, name: string) => {
  const { input } = readExpected(name)
  return model.predict(batchOf(input, model.info.features))
}

const expectClose = (
  actual: ArrayLike<number>,
  expected: readonly number[],
  limit: number = tolerance,
) => {
  expect(actual).toHaveLength(expected.length)
  const furthest = Math.max(...expected.map((value, k) => Math.abs(value - actual[k])))
  expect(furthest).toBeLessThanOrEqual(limit)
}

describeEngines((type) => {
  test.each([
    'logreg20-f32',
    'logreg20-zipmap',
    'iris-strings-zipmap',
    'gbc100-breast',
    'mlp-iris',
    'pipeline-mixed',
  ])('answers %s as scikit-learn does', async (name) => {
    const model = await start(fixtureFile(name), { type })
    const { label = [], probabilities = [] } = readExpected(name)
    const answer = classesIn(await predictFixture(model, name))
    expect(answer.labels).toEqual(label)
    expectClose(answer.probabilities, probabilities.flat())
  })

  test('answers a regression with values', async () => {
    const model = await start(fixtureFile('rfr10-diabetes'), { type })
    const { value = [] } = readExpected('rfr10-diabetes')
    // The values are some hundreds, and a float32 has seven digits.
    expectClose(valuesIn(await predictFixture(model, 'rfr10-diabetes')), value, 5e-5)
  })

  test('answers all rows of a file that takes one row a run', async () => {
    const model = await start(fixtureFile('torch-mlp-fixed1'), { type })
    const { probabilities = [] } = readExpected('torch-mlp-fixed1')
    const answer = classesIn(await predictFixture(model, 'torch-mlp-fixed1'))
    expectClose(answer.probabilities, probabilities.flat())
    expect(model.info.warnings).toContainEqual(expect.stringContaining('one row a run'))
  })

  test('feeds two inputs of different types, and answers two outputs as values', async () => {
    const model = await start(fixtureFile('torch-two-inputs'), { type })
    const { num, cat, score, embedding } =
      readExpected<Readonly<Record<string, readonly (readonly number[])[]>>>('torch-two-inputs')
    const input = num.map((row, at) => [...row, ...cat[at]])
    const answer = await model.predict(batchOf(input, model.info.features))
    const expected = score.flatMap((row, at) => [...row, ...embedding[at]])
    expectClose(valuesIn(answer), expected, 1e-6)
    expect(model.info.output).toEqual({
      type: 'values',
      names: ['score', 'embedding_0', 'embedding_1', 'embedding_2', 'embedding_3'],
    })
  })

  test('answers in float32 what scikit-learn answers in float64, but for rows that rounding moves', async () => {
    const model = await start(fixtureFile('float32-hgb'), { type })
    const { probabilities = [] } = readExpected('float32-hgb')
    const answer = classesIn(await predictFixture(model, 'float32-hgb')).probabilities
    const differs = probabilities.map((row, at) =>
      row.some((value, k) => Math.abs(value - answer[at * row.length + k]) > 1e-3),
    )
    expect(differs.filter(Boolean)).toHaveLength(8)
    expect(model.info.precision).toBe('float32')
  })

  test('serves forests that a converter has made wrong, for samples to refuse', async () => {
    const model = await start(fixtureFile('wrong-rf-nan'), { type })
    const { label = [] } = readExpected('wrong-rf-nan')
    const { labels } = classesIn(await predictFixture(model, 'wrong-rf-nan'))
    const wrong = labels.filter((name, row) => name !== label[row])
    expect(wrong.length).toBeGreaterThan(0)
  })

  test('refuses trees with inputs of float64, and names the way to convert them', async () => {
    const starting = start(fixtureFile('unloadable-gbc-double'), { type })
    await expect(starting).rejects.toThrow(/cannot load the model.*convert with FloatTensorType/s)
  })

  test('refuses an answer that is not a number, with the row', async () => {
    const model = await start(fixtureFile('logreg20-f32'), { type })
    const numbers = new Float64Array(3 * 20)
    numbers[20] = Number.NaN
    const asked = model.predict({ nRows: 3, numbers, texts: [] })
    await expect(asked).rejects.toThrow(
      expect.objectContaining({ name: 'ModelFailedError', row: 1 }),
    )
  })

  test('ends a run that takes too long, and answers with a new engine', async () => {
    const ready = Promise.withResolvers<void>()
    const onChange = ({ isReady }: { readonly isReady: boolean }) => isReady && ready.resolve()
    const artifact = { type: 'bytes', bytes: slowModel() } as const
    const model = await start(artifact, { type, timeLimitMs: 3000, onChange })
    const rows = (nRows: number) => ({ nRows, numbers: new Float64Array(nRows).fill(1), texts: [] })
    await expect(model.predict(rows(50_000))).rejects.toThrow(ModelFailedError)
    await ready.promise
    expect(valuesIn(await model.predict(rows(1)))).toHaveLength(1)
    expect(model.state?.()).toMatchObject({ isReady: true, restarts: 1 })
  })

  test('loads a model from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'onnx-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'model')
    const bytes = fixtureBytes('iris-strings-zipmap')
    await writeFile(path, bytes)
    const model = await start({ type: 'file', path, size: bytes.length }, { type })
    expect(model.info.output).toEqual({
      type: 'classes',
      classes: ['setosa', 'versicolor', 'virginica'],
    })
  })

  test('answers no rows with no rows', async () => {
    const model = await start(fixtureFile('mlp-iris'), { type })
    const answer = await model.predict({ nRows: 0, numbers: new Float64Array(), texts: [] })
    expect(answer.nRows).toBe(0)
  })
})

test('a category that was not in training is no error', async () => {
  const model = await start(fixtureFile('pipeline-mixed'))
  const answer = await model.predict({
    nRows: 1,
    numbers: Float64Array.of(30, Number.NaN),
    texts: [['Atlantis'], ['free']],
  })
  expect(answer.nRows).toBe(1)
})

test('a broken file is refused or served, and this process goes on', async () => {
  const bytes = fixtureBytes('iris-strings-zipmap')
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const broken = bytes.slice()
      for (const [at, mask] of changes) broken[at] ^= mask
      const starting = start({ type: 'bytes', bytes: broken })
      await expect(starting.catch(String)).resolves.toBeDefined()
    }),
    { numRuns: 8 },
  )
})

test('numbers that the model cannot take are the fault of the sender', async () => {
  const model = await start(fixtureFile('torch-two-inputs'))
  const asked = model.predict({ nRows: 1, numbers: Float64Array.of(1, 2, 3, 0.5), texts: [] })
  await expect(asked).rejects.toThrow(InputError)
  await expect(asked).rejects.toThrow("the feature 'cat' is 0.5; expected a whole number")
})

test('a place beyond the rows of an embedding fails the batch, and the next is answered', async () => {
  const model = await start(fixtureFile('torch-two-inputs'))
  const ask = (category: number) =>
    model.predict({ nRows: 1, numbers: Float64Array.of(1, 2, 3, category), texts: [] })
  await expect(ask(1000)).rejects.toThrow(ModelFailedError)
  expect((await ask(1)).nRows).toBe(1)
})

test('more rows than one run takes are answered in their order', async () => {
  const model = await start(fixtureFile('rfr10-diabetes'))
  const { input } = readExpected('rfr10-diabetes')
  const { numbers, nRows } = batchOf(input, model.info.features)
  const times = Math.ceil(25_000 / nRows)
  const many = new Float64Array(numbers.length * times)
  for (let k = 0; k < times; k++) many.set(numbers, k * numbers.length)
  const one = valuesIn(await model.predict({ nRows, numbers, texts: [] }))
  const all = valuesIn(await model.predict({ nRows: nRows * times, numbers: many, texts: [] }))
  expect(all.slice(-nRows)).toEqual(one)
  expect(all).toHaveLength(nRows * times)
})
