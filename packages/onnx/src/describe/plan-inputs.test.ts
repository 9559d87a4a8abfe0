import type { ModelOptions } from '@dsapi/inference'
import { describe, expect, test } from 'vitest'
import { buildModel } from '../../test/build-model.ts'
import { fixtureBytes } from '../../test/fixtures.ts'
import { readOnnxFile } from '../file/read-onnx-file.ts'
import { planInputs } from './plan-inputs.ts'

type BuiltInputs = Parameters<typeof buildModel>[0]['inputs']

const plan = (inputs: BuiltInputs, options: ModelOptions = {}) =>
  planInputs(
    readOnnxFile(buildModel({ nodes: [], outputs: [['y', 'float32', 'n', 1]], inputs })),
    options,
  )
const namesOf = ({ features }: ReturnType<typeof plan>) => features.map(({ name }) => name)

describe('features', () => {
  test('of inputs of one column have the names of the inputs', () => {
    const planned = plan([
      ['age', 'float32', 'n', 1],
      ['smoker', 'bool', 'n', 1],
      ['children', 'int64', 'n'],
      ['city', 'string', 'n', 1],
      ['income', 'float64', 'n', 1],
    ])
    expect(planned.features.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'age: number',
      'smoker: boolean',
      'children: integer',
      'city: text',
      'income: number',
    ])
    expect(planned.warnings).toEqual([])
  })

  test('of one input of several columns are numbered, with a warning', () => {
    const planned = plan([['X', 'float32', 'n', 3]])
    expect(namesOf(planned)).toEqual(['f0', 'f1', 'f2'])
    expect(planned.warnings).toEqual([expect.stringContaining('option features')])
  })

  test('of several inputs of several columns are numbered by input', () => {
    const planned = plan([
      ['a', 'float32', 'n', 2],
      ['b', 'int64', 'n', 1],
    ])
    expect(namesOf(planned)).toEqual(['a_0', 'a_1', 'b'])
  })

  test('take their names of the options, without a warning', () => {
    const planned = plan([['X', 'float32', 'n', 2]], { features: ['age', 'income'] })
    expect(namesOf(planned)).toEqual(['age', 'income'])
    expect(planned.warnings).toEqual([])
  })

  test('are as many as the options name, where the file does not say it', () => {
    expect(namesOf(plan([['X', 'float32', 'n', 'k']], { features: ['a', 'b'] }))).toEqual([
      'a',
      'b',
    ])
  })

  test('can have other names than in the file', () => {
    const inputs = [['home_dest', 'string', 'n', 1]] as const
    expect(namesOf(plan(inputs, { rename: { home_dest: 'home.dest' } }))).toEqual(['home.dest'])
  })
})

describe('refused with what to do:', () => {
  test.each<[string, BuiltInputs, ModelOptions, string]>([
    ['no inputs', [], {}, 'has no inputs'],
    [
      'names that are too few',
      [['X', 'float32', 'n', 3]],
      { features: ['a'] },
      'has 1 names, but the model takes 3',
    ],
    [
      'a name that is renamed, but not there',
      [['x', 'float32', 'n', 1]],
      { rename: { y: 'z' } },
      "has 'y', which is no feature; the features are x",
    ],
    [
      'two features of one name',
      [['X', 'float32', 'n', 2]],
      { features: ['a', 'a'] },
      "Two features are called 'a'",
    ],
    ['a number of columns that nothing shows', [['X', 'float32', 'n', 'k']], {}, 'option features'],
    ['images', [['X', 'float32', 'n', 3, 224, 224]], {}, 'has 4 axes; expected rows of features'],
    ['a fixed number of rows', [['X', 'float32', 5, 2]], {}, 'takes exactly 5 rows'],
    ['16-bit floats', [['X', 'float16', 'n', 2]], {}, 'takes float16'],
  ])('%s', (_, inputs, options, message) => {
    expect(() => plan(inputs, options)).toThrow(message)
  })
})

test('a file that takes one row a run is served so, with a warning', () => {
  const planned = planInputs(readOnnxFile(fixtureBytes('torch-mlp-fixed1')), {})
  expect(planned.rowsPerRun).toBe(1)
  expect(planned.warnings).toContainEqual(expect.stringContaining('dynamic_axes'))
})
