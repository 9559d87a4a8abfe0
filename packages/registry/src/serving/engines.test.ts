import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Database, findModelVersion } from '@dsapi/db'
import { batchOfNumbers, type ModelRuntime } from '@dsapi/inference'
import { writePythonModel } from '@dsapi/python'
import { describeWhere, emptyDatabase, temporaryFolder, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { add, by, fileOf, newHost, openNew } from '../../test/a-model.ts'
import { StoredModelError } from '../errors.ts'
import type { ModelHost } from '../loading/model-host.ts'
import { serveVersion } from '../versions/serve-version.ts'
import { followModels } from './follow-models.ts'

let db: Database
let host: ModelHost

beforeEach(async () => {
  db = await openNew(await emptyDatabase())
  host = await newHost()
})

const follow = async (errors: unknown[] = []) => {
  const models = await followModels(db, {
    ...{ host, everyMs: 5, onChange: () => {} },
    onError: (error) => errors.push(error),
  })
  onTestFinished(models.stop)
  return models
}

const answerOf = async (model: ModelRuntime | undefined, row: readonly number[]) => {
  const answer = await model?.predict(batchOfNumbers(Float64Array.from(row), row.length))
  return answer?.type === 'classes' ? answer.classes[answer.predicted[0]] : answer?.values[0]
}

describe('an ONNX model', () => {
  test('is added, and computed by an engine', async () => {
    const file = await readFile(
      new URL('../../test/fixtures/iris-strings-zipmap.onnx', import.meta.url),
    )
    expect(await add(db, host, { name: 'iris', file })).toMatchObject({ format: 'onnx' })
    const iris = (await follow()).find('iris')?.served
    expect(iris?.source).toMatchObject({ type: 'engine', info: { format: 'onnx' } })
    expect(iris?.model.state?.()).toMatchObject({ isReady: true })
    expect(await answerOf(iris?.model, [5.1, 3.5, 1.4, 0.2])).toBe('setosa')
  })
})

const interpreter = '/usr/bin/python3'
const hasNumpy = spawnSync(interpreter, ['-c', 'import numpy']).status === 0

/** The file of a Python model, and the path of the module that it names. */
const pythonModel = async (code: string) => {
  const directory = await temporaryFolder()
  const module = join(directory, 'served.py')
  await writeFile(module, code)
  const model = { callable: 'served:predict', interpreter, processes: 1, directory }
  return { file: new TextEncoder().encode(writePythonModel(model)), module }
}

const timesTwo = 'features = ["x"]\ndef predict(rows):\n    return rows[:, 0] * 2\n'

describe('a file that names code', () => {
  test('is refused where it was uploaded', async () => {
    const { file } = await pythonModel(timesTwo)
    await expect(add(db, host, { file })).rejects.toMatchObject({ code: 'code' })
  })

  test('is not run where somebody has put it in the place of another file', async () => {
    const { file } = await pythonModel(timesTwo)
    const { sha256 } = await add(db, host, { name: 'other' })
    await add(db, host, { name: 'code', file, allowCode: true }).catch(() => {})
    const row = await findModelVersion(db, { name: 'code', version: 1 })
    if (row === undefined) return // No Python here.
    await db
      .updateTable('model_versions')
      .set({ sha256: row.sha256, artifact_sha256: row.artifact_sha256, size: row.size })
      .where('sha256', '=', sha256)
      .execute()
    const models = await follow()
    expect(await models.wait('other')).toBeUndefined()
    expect(models.problems()).toMatchObject([
      { name: 'other', message: expect.stringContaining('is code, which is never uploaded') },
    ])
  })
})

describeWhere(hasNumpy, 'python3-numpy')('a Python model', () => {
  test('is added by an operator, and computed by a process', async () => {
    const { file } = await pythonModel(timesTwo)
    const added = await add(db, host, { file, allowCode: true })
    expect(added).toMatchObject({ format: 'python', isServed: true })
    const models = await follow()
    expect(await answerOf(models.find('churn')?.served.model, [21])).toBe(42)
  })

  test('that fails when it is loaded leaves the version before, also after a restart', async () => {
    await add(db, host)
    const { file, module } = await pythonModel(timesTwo)
    await add(db, host, { file, allowCode: true })
    const errors: unknown[] = []
    const running = await follow(errors)
    await writeFile(module, 'raise SystemExit("no such table")\n')
    await serveVersion(db, { name: 'churn', version: 2, ...by })
    await waitFor(() => errors.length > 0)
    for (const models of [running, await follow()]) {
      expect(models.find('churn')?.served.version).toBe(1)
      expect(models.problems()).toMatchObject([
        { version: 2, servedInstead: 1, message: expect.stringContaining('no such table') },
      ])
    }
    expect(errors[0]).toBeInstanceOf(StoredModelError)
  })

  test('that loads slowly keeps nobody from asking the others, and is waited for', async () => {
    await add(db, host, { name: 'default' })
    const { file, module } = await pythonModel(timesTwo)
    await add(db, host, { file, allowCode: true })
    const gate = `${module}.gate`
    const waits = `import os, time\nwhile not os.path.exists(${JSON.stringify(gate)}): time.sleep(0.01)\n`
    await writeFile(module, waits + timesTwo)
    const models = await follow()
    expect(models.find('default')).toBeDefined()
    expect(models.find('churn')).toBeUndefined()
    const churn = models.wait('churn')
    await writeFile(gate, '')
    expect(await answerOf((await churn)?.served.model, [4])).toBe(8)
  })

  test('goes on answering the requests that found it when another one is served', async () => {
    const { file } = await pythonModel(timesTwo)
    await add(db, host, { file, allowCode: true })
    await add(db, host, { file: fileOf() })
    const models = await follow()
    const before = models.find('churn')?.served.model
    await serveVersion(db, { name: 'churn', version: 2, ...by })
    await waitFor(() => models.find('churn')?.served.version === 2)
    expect(await answerOf(before, [4])).toBe(8)
  })
})
