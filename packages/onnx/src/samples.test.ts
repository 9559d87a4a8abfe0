import { checkSamples, readSamples } from '@dsapi/inference'
import { expect, test } from 'vitest'
import { fixtureFile, readExpected } from '../test/fixtures.ts'
import { start } from '../test/start.ts'

/** Checks a model of a fixture against all that scikit-learn answered. */
const check = async (name: string, limits: object = {}) => {
  const model = await start(fixtureFile(name))
  const { input, label = [], probabilities = [] } = readExpected(name)
  const expected = probabilities.map((of, k) => ({ class: label[k], class_probabilities: of }))
  return checkSamples(
    model,
    readSamples(JSON.stringify({ rows: input, expected, ...limits }), model.info),
  )
}

test.each(['gbc100-breast', 'iris-strings-zipmap', 'logreg20-zipmap', 'mlp-iris'])(
  '%s answers its samples as scikit-learn did',
  async (name) => {
    expect(await check(name)).toMatchObject({ ok: true, differing: 0 })
  },
)

test('a converter that has lost what is missing is found out', async () => {
  expect(await check('wrong-rf-nan')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/answers \d+ of 150 samples otherwise.*Furthest off is row/),
  })
})

test('rows that single precision moves over a threshold need a share that may differ', async () => {
  expect(await check('float32-hgb')).toMatchObject({ ok: false, differing: 8 })
  expect(await check('float32-hgb', { mayDiffer: 0.07 })).toMatchObject({ ok: false })
  expect(await check('float32-hgb', { mayDiffer: 0.08 })).toMatchObject({ ok: true, differing: 8 })
})
