import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { irisTable } from '../../test/iris-table.ts'
import { ModelError } from '../errors.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { modelFromJSON } from './model-from-json.ts'

const fitted = () => {
  const { X, y } = irisTable()
  const featureNames = ['sepal length', 'sepal width', 'petal length', 'petal width']
  return new LogisticRegression().fit(X, y, { featureNames })
}

const reread = (model: LogisticRegressionModel) => modelFromJSON(JSON.parse(JSON.stringify(model)))

describe('a saved model', () => {
  test('comes back with every number, name and fact', () => {
    const model = fitted()
    expect(reread(model)).toEqual(model)
    expect(reread(model).predictProba(irisTable().X)).toEqual(model.predictProba(irisTable().X))
  })

  test('keeps any finite double exactly; minus zero becomes zero', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(double, { minLength: 1 }), double, (weights, intercept) => {
        const model = new LogisticRegressionModel({
          classes: ['a', 'b'],
          coef: [weights],
          intercept: [intercept],
        })
        expect(reread(model)).toEqual(model)
        expect(model.coef[0]).toEqual(weights.map((weight) => weight + 0))
      }),
    )
  })

  test('may come from scikit-learn, with or without names', () => {
    const plain = { classes: [0, 1], coef: [[1.5, -2]], intercept: [0.25] }
    const model = modelFromJSON(plain)
    expect(model.featureNames).toEqual(['x0', 'x1'])
    expect(model.converged).toBeUndefined()
    expect(model.decisionFunction([[2, 1]])).toEqual([1.25])
    expect(modelFromJSON({ ...plain, feature_names: ['a', 'b'] }).featureNames).toEqual(['a', 'b'])
  })
})

describe('what is no model is refused with where and what', () => {
  const good = JSON.parse(JSON.stringify(fitted()))
  test.each<[string, unknown, string]>([
    ['null', null, 'the model is null; expected an object'],
    ['an array', [], 'the model is []; expected an object'],
    ['another format', { ...good, format: 'onnx' }, 'format is "onnx"; expected "dsapi-logistic'],
    ['a newer version', { ...good, formatVersion: 4 }, 'written by a newer version'],
    ['no version', { ...good, formatVersion: undefined }, 'formatVersion is missing'],
    ['no classes', { ...good, classes: undefined }, 'classes is missing; expected an array'],
    ['one class', { ...good, classes: [1] }, 'expected at least two'],
    ['a class twice', { ...good, classes: [1, 1, 2] }, 'classes has an entry twice'],
    ['a class that is null', { ...good, classes: [0, 1, null] }, 'classes[2] is null'],
    ['too few rows', { ...good, coef: [[1]] }, 'coef has 1 entries; expected 3'],
    ['ragged rows', { ...good, coef: [[1], [1, 2], [1]] }, 'coef[1] has 2 numbers; expected 1'],
    [
      'text for a number',
      { ...good, coef: [['1'], [1], [1]] },
      'coef[0][0] is "1"; expected a finite',
    ],
    [
      'null for NaN',
      { ...good, intercept: [1, null, 1] },
      'intercept[1] is null; expected a finite',
    ],
    ['too few names', { ...good, featureNames: ['a'] }, 'featureNames has 1 entries; expected 4'],
    [
      'a name twice',
      { ...good, featureNames: ['a', 'a', 'b', 'c'] },
      'featureNames has a name twice',
    ],
    ['a damaged report', { ...good, fit: { converged: 'yes' } }, 'fit.converged is "yes"'],
  ])('%s', (_, value, message) => {
    expect(() => modelFromJSON(value)).toThrow(message)
    expect(() => modelFromJSON(value)).toThrow(ModelError)
  })

  test('any JSON at all gives a model or a ModelError', () => {
    const member = fc.oneof(fc.jsonValue(), fc.array(fc.array(fc.double())))
    const nearly = fc.record(
      { classes: member, coef: member, intercept: member, format: member, fit: member },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly), (value) => {
        try {
          expect(modelFromJSON(value)).toBeInstanceOf(LogisticRegressionModel)
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError)
        }
      }),
    )
  })
})
