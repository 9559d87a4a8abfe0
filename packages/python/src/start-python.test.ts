import { execFileSync, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Batch, type ModelOptions, type ModelRuntime, textArtifact } from '@dsapi/inference'
import { describeWhere, temporaryFolder, waitFor } from '@dsapi/testing'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type PythonModel, python, writePythonModel } from './index.ts'

const interpreter = '/usr/bin/python3'
const models = fileURLToPath(new URL('../test/models/', import.meta.url))
const hasSklearn = spawnSync(interpreter, ['-c', 'import sklearn, pandas']).status === 0
const describeWithSklearn = describeWhere(hasSklearn, 'python3-sklearn python3-pandas')

const isRunning = (id: number) => {
  try {
    return process.kill(id, 0)
  } catch {
    return false
  }
}

type Settings = {
  readonly options?: ModelOptions
  readonly model?: Partial<PythonModel>
  readonly timeLimitMs?: number
}

/** Starts a model, and collects the lines that it prints. */
const serve = async (
  callable: string,
  { options = {}, model = {}, timeLimitMs = 30_000 }: Settings = {},
) => {
  const lines: string[] = []
  const described = { callable, interpreter, processes: 1, directory: models, ...model }
  const runtime = await python.start(textArtifact(writePythonModel(described)), options, {
    label: 'test 1',
    timeLimitMs,
    onLine: (line) => lines.push(line),
    onChange: () => {},
  })
  onTestFinished(runtime.close)
  return { ...runtime, lines }
}

const batchOf = (rows: readonly (readonly number[])[], texts: Batch['texts'] = []): Batch => ({
  nRows: rows.length,
  numbers: Float64Array.from(rows.flat()),
  texts,
})

const valuesOf = async (model: ModelRuntime, rows: readonly (readonly number[])[]) => {
  const answer = await model.predict(batchOf(rows))
  return answer.type === 'values' ? [...answer.values] : []
}

const probabilitiesOf = async (model: ModelRuntime, batch: Batch) => {
  const answer = await model.predict(batch)
  return answer.type === 'classes' ? [...answer.probabilities] : []
}

type Expected = {
  readonly rows: readonly (readonly number[])[]
  readonly pipeline: readonly (readonly number[])[]
  readonly regressor: readonly (readonly number[])[]
  readonly named: readonly number[]
  readonly svc: readonly number[]
  readonly age: readonly number[]
  readonly mixed: readonly (readonly number[])[]
}

describeWithSklearn('a model of scikit-learn', () => {
  let folder: string
  let expected: Expected
  beforeAll(async () => {
    folder = await temporaryFolder()
    const train = join(models, 'train.py')
    expected = JSON.parse(
      execFileSync(interpreter, ['-W', 'ignore', train, folder], { encoding: 'utf8' }),
    )
  })
  const serveFile = (name: string, options: ModelOptions = {}) =>
    serve(join(folder, name), { options })

  test('that is a pipeline in a file of joblib answers as scikit-learn does', async () => {
    const model = await serveFile('pipeline.joblib', { features: ['a', 'b'] })
    expect(model.info).toMatchObject({
      format: 'python',
      featureNames: ['a', 'b'],
      output: { type: 'classes', classes: ['no', 'yes'] },
      producer: expect.stringMatching(/^Python 3\.\S+, scikit-learn \S+, numpy \S+$/),
    })
    expect(await probabilitiesOf(model, batchOf(expected.rows))).toEqual(expected.pipeline.flat())
  })

  test('that is a regressor with two outputs in a pickle answers with two values', async () => {
    const model = await serveFile('regressor.pkl', { outputs: ['twice', 'next'] })
    expect(model.info).toMatchObject({
      featureNames: ['x0', 'x1'],
      output: { type: 'values', names: ['twice', 'next'] },
    })
    expect(await valuesOf(model, expected.rows)).toEqual(expected.regressor.flat())
  })

  test('that was fitted to a table of numbers is asked with the names of its columns', async () => {
    const model = await serveFile('named.joblib')
    expect(model.info.featureNames).toEqual(['a', 'b'])
    expect(await valuesOf(model, expected.rows)).toEqual(expected.named)
    expect(model.lines).toEqual([]) // Without names, scikit-learn would print a warning.
  })

  test('that was fitted to a table with text has the types of its columns, and takes null and unknown texts', async () => {
    const model = await serveFile('mixed.joblib')
    expect(model.info.features).toEqual([
      { name: 'age', type: 'number', nullable: false },
      { name: 'city', type: 'text', nullable: false },
    ])
    const batch = batchOf(
      expected.age.map((age) => [age]),
      [['Zürich', 'Oslo', null]],
    )
    expect(await probabilitiesOf(model, batch)).toEqual(expected.mixed.flat())
  })

  test('whose class is not always the most probable answers with the class that it predicts', async () => {
    const answer = await (await serveFile('svc.joblib')).predict(batchOf(expected.rows))
    expect(answer.type === 'classes' && [...answer.predicted]).toEqual(expected.svc)
  })

  test('can have other names for its classes and features', async () => {
    const model = await serveFile('mixed.joblib', {
      classes: ['low', 'high'],
      rename: { city: 'town' },
    })
    expect(model.info.featureNames).toEqual(['age', 'town'])
    expect(model.info.output).toEqual({ type: 'classes', classes: ['low', 'high'] })
  })

  test.each<[string, string, ModelOptions, string]>([
    ['without probabilities', 'linear-svc.joblib', {}, 'CalibratedClassifierCV'],
    [
      'with another number of names',
      'pipeline.joblib',
      { features: ['a'] },
      'fitted to 2 features, and 1 are named',
    ],
    [
      'with another number of classes',
      'svc.joblib',
      { classes: ['a'] },
      'fitted to 2 classes, and 1 are named',
    ],
    ['that is not there', 'gone.joblib', {}, 'There is no file'],
    ['with an option for other kinds', 'svc.joblib', { trees: 'all' }, 'takes no option trees'],
  ])('%s is refused with the reason', async (_, file, options, message) => {
    await expect(serveFile(file, options)).rejects.toThrow(message)
  })

  test('in a damaged file is refused', async () => {
    writeFileSync(join(folder, 'cut.pkl'), 'no pickle')
    await expect(serveFile('cut.pkl')).rejects.toThrow('Error: ')
  })
})

describeWithSklearn('a function', () => {
  test('gets an array, and what it prints is forwarded', async () => {
    const model = await serve('functions:total')
    expect(model.info).toMatchObject({
      features: ['a', 'b'].map((name) => ({ name, type: 'number' })),
      output: { type: 'values', names: ['value'] },
    })
    expect(
      await valuesOf(model, [
        [1, 2],
        [3, 4.5],
      ]),
    ).toEqual([3, 7.5])
    await waitFor(() => model.lines.includes('called with (2, 2)'))
  })

  test('with classes answers with probabilities', async () => {
    const model = await serve('functions:shares')
    expect(model.info.output).toEqual({ type: 'classes', classes: ['up', 7] })
    expect(await probabilitiesOf(model, batchOf([[0, 0]]))).toEqual([0.5, 0.5])
  })

  test('with features of text gets columns', async () => {
    const model = await serve('functions:describe')
    expect(model.info.features).toEqual([
      { name: 'number', type: 'number', nullable: false },
      { name: 'text', type: 'text', nullable: true },
    ])
    const answer = await model.predict(batchOf([[1], [2]], [['Zürich', null]]))
    expect(answer).toMatchObject({ values: Float64Array.of(7, 2) })
  })

  test('gets the rows of all requests that came together', async () => {
    const model = await serve('functions:how_many')
    const asked = Array.from({ length: 200 }, () => valuesOf(model, [[1, 2]]))
    expect((await Promise.all(asked)).flat()).toEqual(Array(200).fill(200))
  })

  test('computes in several processes', async () => {
    const model = await serve('functions:process_id', { model: { processes: 2 } })
    const ids = await Promise.all([valuesOf(model, [[1, 2]]), valuesOf(model, [[1, 2]])])
    expect(new Set(ids.flat()).size).toBe(2)
  })

  test('goes on when a terminal or systemd ends all processes, so that the last requests are answered', async () => {
    const model = await serve('functions:process_id')
    const [id] = await valuesOf(model, [[1, 2]])
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(id, signal)
    expect(await valuesOf(model, [[1, 2]])).toEqual([id])
  })

  test('ends with the process that started it, also while it computes', async () => {
    const starter = fork(fileURLToPath(new URL('../test/start-and-hang.ts', import.meta.url)), {
      execArgv: [],
    })
    const [id] = await once(starter, 'message')
    expect(isRunning(id)).toBe(true)
    starter.kill('SIGKILL')
    await waitFor(() => !isRunning(id))
  })

  test('that raises fails that request alone, and the log has the traceback', async () => {
    const model = await serve('functions:what_it_does')
    const [, bad, good] = [
      [1, 0],
      [-1, 0],
      [2, 0],
    ].map((row) => valuesOf(model, [row]))
    await expect(bad).rejects.toMatchObject({
      name: 'ModelFailedError',
      message: 'ValueError: no logarithm of -1',
    })
    expect(await good).toEqual([2])
    await waitFor(() => model.lines.some((line) => line.includes('in what_it_does')))
  })

  test('that ends its process fails that request, and is started again', async () => {
    const model = await serve('functions:what_it_does')
    await expect(valuesOf(model, [[-2, 0]])).rejects.toThrow('the process ended with 4')
    expect(await valuesOf(model, [[5, 0]])).toEqual([5])
    expect(model.state?.()).toMatchObject({ isReady: true, restarts: 1 })
  })

  test('that never answers is ended at the time limit', async () => {
    const model = await serve('functions:what_it_does', { timeLimitMs: 1000 })
    await expect(valuesOf(model, [[-3, 0]])).rejects.toThrow('took longer than 1 seconds')
    await waitFor(() => model.state?.().isReady === true)
    expect(await valuesOf(model, [[5, 0]])).toEqual([5])
  })

  test('that answers with NaN fails, and the row is named', async () => {
    const model = await serve('functions:what_it_does')
    await expect(
      valuesOf(model, [
        [1, 0],
        [-4, 0],
      ]),
    ).rejects.toMatchObject({
      name: 'ModelFailedError',
      row: 1,
    })
  })

  test('whose answer has another shape fails, with both shapes', async () => {
    const model = await serve('functions:too_few')
    await expect(
      valuesOf(model, [
        [1, 2],
        [3, 4],
      ]),
    ).rejects.toThrow(/shape \(1,\); expected \(2, 1\)/)
  })

  test('does not see the passwords that are in the environment', async () => {
    process.env.DATABASE_URL = 'postgres://user:password@host/db'
    onTestFinished(() => {
      delete process.env.DATABASE_URL
    })
    expect(await valuesOf(await serve('functions:environment'), [[1, 2]])).toEqual([0])
  })

  test.each<[string, string, Partial<PythonModel>, string | RegExp]>([
    ['no such module', 'nothing:here', {}, /finds no module nothing, .*Name its folder/],
    ['no such attribute', 'functions:nothing', {}, 'functions has no attribute nothing'],
    [
      'something that cannot be called',
      'functions:not_callable',
      {},
      'It is a int, which has no method predict',
    ],
    [
      'a function without names of features',
      'math:sqrt',
      {},
      'names of the features are not known',
    ],
    [
      'no such interpreter',
      'functions:total',
      { interpreter: '/no/python' },
      'The interpreter /no/python could not be started',
    ],
    [
      'no such folder',
      'functions:total',
      { directory: '/no/folder' },
      'There is no folder /no/folder',
    ],
    [
      'a program that is no Python',
      'functions:total',
      { interpreter: '/bin/false' },
      'ended before it was ready',
    ],
    ['a callable that is none', 'functions', {}, 'callable must be module:attribute'],
    ['no process', 'functions:total', { processes: 0 }, 'processes must be a whole number from 1'],
  ])('%s is refused with the reason', async (_, callable, model, message) => {
    await expect(serve(callable, { model })).rejects.toThrow(message)
  })
})

describe('a file', () => {
  test.each([
    ['{"format":"dsapi-python","callable":"a:b"}', true],
    ['{"format":"dsapi-logistic-regression"}', false],
    ['\u0080\u0004dsapi-python', false],
  ])('%j is a Python model: %s', (text, expected) => {
    expect(python.recognizes(new TextEncoder().encode(text))).toBe(expected)
  })
})
