import { createHash } from 'node:crypto'
import {
  findModel,
  insertModel,
  insertModelVersion,
  openDatabase,
  putPiece,
  updateModel,
} from '@dsapi/db'
import { describeOnSqlite } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  dsapi,
  generate,
  type OwnEnvironment,
  ownEnvironment,
  serveHere,
  spawned,
} from './dsapi.ts'

let env: OwnEnvironment

beforeEach(async () => {
  env = await ownEnvironment()
})

/** A row as a version that did not read back what it wrote has left it. */
const insertUnreadable = async () => {
  const db = await openDatabase({ url: env.DATABASE_URL }, { create: true })
  const json = JSON.stringify({
    format: 'dsapi-logistic-regression',
    formatVersion: 1,
    classes: [0, 1],
    coef: [[1]],
    intercept: [0],
    fit: { converged: false, nIter: 0, gradientNorm: null, objective: null },
  })
  const sha256 = createHash('sha256').update(json).digest('hex')
  const [name, model] = ['default', await findModel(db, 'default')]
  const version = (model?.served ?? 0) + 1
  await putPiece(db, { sha256, position: 0 }, { content: Buffer.from(json), now: 0 })
  await insertModelVersion(db, {
    ...{ name, version, sha256, artifact_sha256: sha256, size: json.length },
    ...{ format: 'dsapi-logistic-regression', options: '{}', created_at: 0, created_by: '' },
  })
  const served = { last_version: version, served: version, changed_at: 0 }
  if (model === undefined) await insertModel(db, { name, ...served, history: '[]' })
  else await updateModel(db, name, { ...served, history: JSON.stringify([model.served]) })
  await db.destroy()
}

const reason = 'Model version 2 cannot be read: fit.gradientNorm is null'

describe('beside a newest version that cannot be read', () => {
  beforeEach(async () => {
    await generate(env)
    await insertUnreadable()
  })

  test('the api serves the one before, and is ready', async () => {
    const url = await serveHere(env)
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'degraded' })
  })

  test('doctor says which version it is, and the way out', async () => {
    const { code, stdout } = await dsapi(env, 'doctor')
    expect(code).toBe(1)
    expect(stdout).toMatch(
      new RegExp(`✗ model +${reason}.*Fit again .*Until then, version 1-[0-9a-f]+ is served`),
    )
  })
})

describeOnSqlite('beside such a version,', () => {
  beforeEach(async () => {
    await generate(env)
    await insertUnreadable()
  })

  test('model show shows the version that is served, and warns', async () => {
    const { code, stdout, stderr } = await dsapi(env, 'model', 'show')
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^version +1-/) })
    expect(stderr).toMatch(new RegExp(`^Warning: ${reason}.*Version 1 is served`))
  })

  test('dsapi serve and dsapi worker start, and the log names it', async () => {
    for (const args of [['serve'], ['worker']]) await spawned(args, env).says(new RegExp(reason))
    await spawned(['serve'], env).says(/listen/i)
  })

  test('model show --version 1 --json gives what model import stores again', async () => {
    const { stdout } = await dsapi(env, 'model', 'show', '--version', '1', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ classes: [0, 1] })
  })
})

test('where no version can be read, the error names it and the way out', async () => {
  await insertUnreadable()
  const { code, stderr } = await dsapi(env, 'serve')
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/1 cannot be read.*Fit again/)])
})
