import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as model from '../src/index.ts'

// What JavaScript may hand over, TypeScript's types or not: the answer is a result or a ModelError.

const X = [[0], [1], [2], [3]]
const y = [0, 0, 1, 1]
const p = [0.1, 0.4, 0.6, 0.9]
const rows = p.map((value) => [1 - value, value])
const fitted = new model.LogisticRegression().fit(X, y)
const scaler = new model.StandardScaler().fit(X)
const table = new model.Frame({ a: [1, null, 2, 3], b: ['x', 'y', null, 'x'] })
const parts: readonly model.ColumnTransformerPart[] = [
  ['n', new model.SimpleImputer(), ['a']],
  ['t', new model.OneHotEncoder(), ['b']],
]
const columns = new model.ColumnTransformer(parts).fit(table)
/** What the program for scikit-learn writes: one text and one number, encoded and scaled. */
const exported = {
  ...{ format: 'dsapi-scikit-learn', formatVersion: 1, scikitLearn: '1.2.1' },
  columns: [
    { name: 'sex', kind: 'text', isBoolean: false },
    { name: 'age', kind: 'number', isBoolean: false },
  ],
  steps: [
    {
      name: 'columns',
      step: {
        class: 'ColumnTransformer',
        transformers: [
          {
            name: 'cat',
            transformer: {
              ...{ class: 'OneHotEncoder', handleUnknown: 'ignore', categories: [['f', 'm']] },
              ...{ infrequent: [[]], dropped: [null] },
            },
            columns: [0],
          },
          {
            name: 'num',
            transformer: { class: 'StandardScaler', mean: [40], scale: [10] },
            columns: [1],
          },
        ],
      },
    },
  ],
  model: { name: 'model', type: 'regressor', coef: [1, 2, 3], intercept: 4 },
  check: { rows: [['m', 50]], answers: [[9]] },
}
const pipeline = new model.Pipeline([
  ['columns', new model.ColumnTransformer(parts)],
  ['model', new model.LogisticRegression()],
]).fit(table, y)
const linear = new model.LinearRegression().fit(X, p)
const crooked = new model.LinearRegression().fit(X, [1, 2, 2, 4])
const reread = (value: unknown) => JSON.parse(JSON.stringify(value))
const split = { train: [0, 1], test: [2, 3] }

/** Of each public function, the arguments of a call that succeeds. */
const calls: Readonly<Record<string, readonly [(...args: never[]) => unknown, unknown[]]>> = {
  'new LogisticRegression': [
    (options) => new model.LogisticRegression(options).fit(X, y),
    [
      {
        ...{ C: 1, penalty: 'l2', fitIntercept: true, classWeight: { 0: 1 }, maxIter: 5, tol: 0.1 },
        warmStart: fitted,
      },
    ],
  ],
  fit: [
    (...args) => new model.LogisticRegression().fit(...(args as unknown as [typeof X, typeof y])),
    [X, y, { sampleWeight: [1, 1, 1, 1], featureNames: ['a'], onIteration: () => {} }],
  ],
  'new LogisticRegressionModel': [
    (parameters) => JSON.stringify(new model.LogisticRegressionModel(parameters)),
    [{ classes: [0, 1], coef: [[1]], intercept: [0], featureNames: ['a'], multiClass: 'ovr' }],
  ],
  predict: [(rows) => fitted.predict(rows), [X]],
  predictProba: [(rows) => fitted.predictProba(rows), [X]],
  predictProbaOne: [(row) => fitted.predictProbaOne(row), [[1]]],
  decisionFunction: [(rows) => fitted.decisionFunction(rows), [X]],
  score: [(rows, labels) => fitted.score(rows, labels), [X, y]],
  'StandardScaler.fit': [(rows) => new model.StandardScaler().fit(rows), [X]],
  'new FittedStandardScaler': [
    (mean, scale) => new model.FittedStandardScaler(mean, scale),
    [[0], [1]],
  ],
  'FittedStandardScaler.fromJSON': [
    (json) => model.FittedStandardScaler.fromJSON(json),
    [JSON.parse(JSON.stringify(scaler))],
  ],
  'new Frame': [(given) => new model.Frame(given), [{ a: [1, null], b: ['x', null] }]],
  'Frame.fromRecords': [(rows) => model.Frame.fromRecords(rows), [[{ a: 1, b: 'x' }]]],
  'Frame.select': [(names) => table.select(names), [['a', 'b']]],
  'new TextColumn': [
    (codes, values) => new model.TextColumn(codes, values),
    [Int32Array.of(0, -1), ['a']],
  ],
  'TextColumn.from': [(texts) => model.TextColumn.from(texts), [['a', null]]],
  'new SimpleImputer': [
    (options) => new model.SimpleImputer(options).fitTransform(new model.Frame({ a: [1, null] })),
    [{ strategy: 'constant', fillValue: 1, addIndicator: true }],
  ],
  'SimpleImputer.fit': [
    (X) => new model.SimpleImputer({ strategy: 'most_frequent' }).fit(X),
    [table],
  ],
  'FittedSimpleImputer.fromJSON': [
    (json) => model.FittedSimpleImputer.fromJSON(json).transform(table.select(['a'])),
    [reread(new model.SimpleImputer().fit(table.select(['a'])))],
  ],
  'new OneHotEncoder': [
    (options) => new model.OneHotEncoder(options).fitTransform(new model.Frame({ a: ['x', 'y'] })),
    [
      {
        ...{ categories: [['x', 'y']], handleUnknown: 'ignore', drop: 'first' },
        ...{ minFrequency: 1, maxCategories: 2 },
      },
    ],
  ],
  'FittedOneHotEncoder.fromJSON': [
    (json) => model.FittedOneHotEncoder.fromJSON(json).transform(table),
    [reread(new model.OneHotEncoder().fit(table))],
  ],
  'new OrdinalEncoder': [
    (options) => new model.OrdinalEncoder(options).fitTransform(new model.Frame({ a: ['x', 'y'] })),
    [
      {
        ...{ categories: [['x', 'y']], handleUnknown: 'use_encoded_value', unknownValue: -1 },
        encodedMissingValue: -2,
      },
    ],
  ],
  'FittedOrdinalEncoder.fromJSON': [
    (json) => model.FittedOrdinalEncoder.fromJSON(json).transform(table),
    [reread(new model.OrdinalEncoder().fit(table))],
  ],
  'new StandardScaler': [
    (options) => new model.StandardScaler(options).fitTransform(X),
    [{ withMean: true, withStd: false }],
  ],
  'new ColumnTransformer': [
    (given, options) => new model.ColumnTransformer(given, options).fitTransform(table),
    [parts, { remainder: 'drop', verboseFeatureNamesOut: false }],
  ],
  'FittedColumnTransformer.transform': [(X) => columns.transform(X), [table]],
  transformOne: [(row) => columns.transformOne(row), [[1, 'x']]],
  transformerFromJSON: [(json) => model.transformerFromJSON(json), [reread(columns)]],
  'new Pipeline': [
    (steps) => new model.Pipeline(steps).fit(table, y),
    [
      [
        ['columns', new model.ColumnTransformer(parts)],
        ['model', new model.LogisticRegression()],
      ],
    ],
  ],
  'Pipeline.fit': [
    (...args) =>
      new model.Pipeline([
        ['columns', new model.ColumnTransformer(parts)],
        ['model', new model.LogisticRegression()],
      ]).fit(...(args as unknown as [model.Frame, number[]])),
    [table, y, { sampleWeight: [1, 1, 1, 1] }],
  ],
  'FittedPipeline.predict': [(X) => pipeline.predict(X), [table]],
  'FittedPipeline.score': [(X, labels) => pipeline.score(X, labels), [table, y]],
  'FittedPipeline.predictProbaOne': [(row) => pipeline.predictProbaOne(row), [[1, 'x']]],
  pipelineFromJSON: [(json) => model.pipelineFromJSON(json), [reread(pipeline)]],
  compilePipeline: [
    (given) => model.compilePipeline(given)({ nRows: 1, numbers: [1], texts: [['x']] }),
    [pipeline],
  ],
  isClassifier: [model.isClassifier, [pipeline]],
  isRegressor: [model.isRegressor, [pipeline]],
  'new LinearRegression': [
    (options) => new model.LinearRegression(options).fit(X, y),
    [{ fitIntercept: false }],
  ],
  'LinearRegression.fit': [
    (...args) => new model.LinearRegression().fit(...(args as unknown as [number[][], number[]])),
    [X, y, { sampleWeight: [1, 2, 0, 1], featureNames: ['a'] }],
  ],
  coefficientTable: [
    model.coefficientTable,
    [crooked, X, [1, 2, 2, 4], { sampleWeight: [1, 1, 1, 1], confidence: 0.9, fitIntercept: true }],
  ],
  crossValDecision: [
    model.crossValDecision,
    [
      new model.LogisticRegression(),
      X,
      [0, 1, 0, 1],
      [{ train: [0, 1], test: [2, 3] }],
      [1, 1, 1, 1],
    ],
  ],
  permutationImportance: [
    model.permutationImportance as (...args: never[]) => unknown,
    [fitted, X, y, { nRepeats: 2, randomState: 0 }],
  ],
  searchC: [
    model.searchC,
    [
      (C: number) => new model.LogisticRegression({ C }),
      X,
      y,
      { Cs: [0.1, 1], cv: 2, scoring: 'neg_log_loss', sampleWeight: [1, 1, 1, 2] },
    ],
  ],
  'new Lasso': [
    (options) => new model.Lasso(options).fit(X, y),
    [{ alpha: 0.1, fitIntercept: true }],
  ],
  'new ElasticNet': [
    (options) => new model.ElasticNet(options).fit(X, y),
    [{ alpha: 0.1, l1Ratio: 0.5, fitIntercept: true }],
  ],
  'ElasticNet.fit': [
    (...args) => new model.ElasticNet().fit(...(args as unknown as [number[][], number[]])),
    [X, p, { sampleWeight: [1, 2, 0, 1], featureNames: ['a'] }],
  ],
  'new LogisticRegression of l1': [
    (options) => new model.LogisticRegression(options).fit(X, y),
    [{ C: 1, penalty: 'elasticnet', l1Ratio: 0.5, maxIter: 5, tol: 0.1, warmStart: fitted }],
  ],
  'new Ridge': [
    (options) => new model.Ridge(options).fit(X, y),
    [{ alpha: 1, fitIntercept: true }],
  ],
  'Ridge.fit': [
    (...args) => new model.Ridge().fit(...(args as unknown as [number[][], number[]])),
    [X, p, { sampleWeight: [1, 2, 0, 1], featureNames: ['a'] }],
  ],
  'new LinearRegressionModel': [
    (parameters) => JSON.stringify(new model.LinearRegressionModel(parameters)),
    [{ coef: [1], intercept: 0, featureNames: ['a'], fit: linear.fit }],
  ],
  'LinearRegressionModel.fromJSON': [
    (json) => model.LinearRegressionModel.fromJSON(json),
    [reread(linear)],
  ],
  'LinearRegressionModel.predict': [(rows) => linear.predict(rows), [X]],
  'LinearRegressionModel.predictOne': [(row) => linear.predictOne(row), [[1]]],
  'LinearRegressionModel.score': [
    (rows, numbers, weights) => linear.score(rows, numbers, weights),
    [X, p, [1, 1, 0, 2]],
  ],
  r2Score: [model.r2Score, [p, p, [1, 1, 0, 2]]],
  meanSquaredError: [model.meanSquaredError, [p, p, [1, 1, 0, 2]]],
  rootMeanSquaredError: [model.rootMeanSquaredError, [p, p, [1, 1, 0, 2]]],
  meanAbsoluteError: [model.meanAbsoluteError, [p, p, [1, 1, 0, 2]]],
  medianAbsoluteError: [model.medianAbsoluteError, [p, p]],
  transform: [(rows) => scaler.transform(rows), [X]],
  'new Matrix': [
    (data, nRows, nColumns) => new model.Matrix(data, nRows, nColumns).toRows(),
    [Float64Array.of(1), 1, 1],
  ],
  'Matrix.fromRows': [(rows) => model.Matrix.fromRows(rows), [X]],
  'new RandomState': [(seed) => new model.RandomState(seed).uniform(), [1]],
  uniform: [(low, high) => new model.RandomState(0).uniform(low, high), [0, 1]],
  randint: [(limit) => new model.RandomState(0).randint(limit), [3]],
  permutation: [(n) => new model.RandomState(0).permutation(n), [3]],
  kFold: [model.kFold, [4, { nSplits: 2, shuffle: true, randomState: 0 }]],
  stratifiedKFold: [model.stratifiedKFold, [y, { nSplits: 2, shuffle: true, randomState: 0 }]],
  trainTestSplit: [
    model.trainTestSplit as (...args: never[]) => unknown,
    [X, y, { testSize: 2, trainSize: 2, shuffle: true, stratify: y, randomState: 0 }],
  ],
  trainTestIndices: [model.trainTestIndices, [4, { testSize: 0.5, randomState: 0 }]],
  takeSplit: [model.takeSplit as (...args: never[]) => unknown, [X, y, split]],
  makeClassification: [
    model.makeClassification,
    [
      {
        ...{ nSamples: 5, nFeatures: 2, nInformative: 2, nRedundant: 0, nRepeated: 0, nClasses: 2 },
        ...{ nClustersPerClass: 1, weights: [0.5, 0.5], flipY: 0, classSep: 1, hypercube: true },
        ...{ shift: 0, scale: [1, 1], shuffle: true, randomState: 0 },
      },
    ],
  ],
  accuracyScore: [model.accuracyScore, [y, y]],
  precisionScore: [model.precisionScore, [y, y, { positive: 1, sampleWeight: [1, 1, 0, 2] }]],
  recallScore: [model.recallScore, [y, y, { average: 'macro', sampleWeight: [1, 1, 0, 2] }]],
  f1Score: [model.f1Score, [y, y, { average: 'weighted' }]],
  classificationReport: [model.classificationReport, [y, y, [1, 1, 0, 2]]],
  precisionRecallCurve: [
    model.precisionRecallCurve,
    [y, p, { positive: 1, sampleWeight: [1, 1, 0, 2] }],
  ],
  averagePrecisionScore: [
    model.averagePrecisionScore,
    [y, p, { positive: 1, sampleWeight: [1, 1, 0, 2] }],
  ],
  bestThreshold: [model.bestThreshold, [y, p, { by: { cost: { falseNegative: 2 } }, positive: 1 }]],
  'new IsotonicRegression': [
    (...args) => new model.IsotonicRegression().fit(...(args as unknown as [number[], number[]])),
    [p, y, { sampleWeight: [1, 1, 0, 2] }],
  ],
  fitCalibration: [
    model.fitCalibration,
    [p, y, { method: 'isotonic', classes: [0, 1], sampleWeight: [1, 1, 0, 2] }],
  ],
  'new CalibratedClassifierCV': [
    (estimator: model.LogisticRegression, options) =>
      new model.CalibratedClassifierCV(estimator, options).fit(X, y),
    [new model.LogisticRegression(), { method: 'sigmoid', cv: 2 }],
  ],
  'CalibratedClassifierCV.fit': [
    (...args) =>
      new model.CalibratedClassifierCV(new model.LogisticRegression(), { cv: 2 }).fit(
        ...(args as unknown as [number[][], number[]]),
      ),
    [X, y, { sampleWeight: [1, 1, 1, 2] }],
  ],
  withThreshold: [(threshold) => fitted.withThreshold(threshold), [0.3]],
  withCalibration: [
    (calibration) => fitted.withCalibration(calibration).predictProba(X),
    [[{ method: 'isotonic', x: [0, 1], y: [0, 1] }]],
  ],
  confusionMatrix: [model.confusionMatrix, [y, y]],
  rocAucScore: [model.rocAucScore, [y, p]],
  rocAucScoreOneVsRest: [model.rocAucScoreOneVsRest, [y, rows, [0, 1]]],
  logLoss: [model.logLoss, [y, rows, [0, 1]]],
  brierScoreLoss: [model.brierScoreLoss, [y, p, 1]],
  calibrationCurve: [
    model.calibrationCurve,
    [y, p, { nBins: 2, strategy: 'uniform', positive: 1 }],
  ],
  populationStabilityIndex: [model.populationStabilityIndex, [p, p, { nBins: 2 }]],
  readCsv: [model.readCsv, ['a,b\n1,2\n', { delimiter: ',' }]],
  parseDecimal: [model.parseDecimal, ['1']],
  readTable: [
    model.readTable,
    ['a,b\n1,2\n1,3\n', { label: 'b', delimiter: ',', missingLabels: 'keep', trustHeader: false }],
  ],
  modelFromJSON: [model.modelFromJSON, [JSON.parse(JSON.stringify(fitted))]],
  importModel: [
    model.importModel,
    [{ classes: [0, 1], coef: [[1]], intercept: [0], check: { x: [0], p: [0.5, 0.5] } }],
  ],
  importScikitLearn: [model.importScikitLearn, [exported]],
  checkFeatureNames: [model.checkFeatureNames, [['a', 'b'], 'names']],
  featureNameProblem: [model.featureNameProblem, ['a']],
  detectFormat: [
    (sample, options) => model.detectFormat(sample, options),
    ['a;b\n1;2\n', { delimiter: ';', hasHeader: true, label: 'a', isWhole: true }],
  ],
  columnNames: [
    (fields, format) => model.columnNames(fields, format),
    [['a', ''], model.detectFormat('a,b\n1,2\n')],
  ],
  findColumn: [model.findColumn, ['last', ['a', 'b'], 'the labels']],
  isMissingText: [model.isMissingText, ['NA']],
  readNumberCell: [model.readNumberCell, ['1,5', ';']],
  checkClassLabels: [model.checkClassLabels, [y, 'y']],
}

/** Any value, with no count so large that only memory is tried. */
const value = fc.anything({
  values: [
    fc.constantFrom(null, undefined, true, false, '', '0', '1', 'a', 'NaN'),
    fc.constantFrom(0, -0, 1, 2, 3, -1, 0.5, 1e9 + 0.5, -1e9, Number.NaN, Number.NEGATIVE_INFINITY),
    fc.constantFrom(1e308, -1e308, 5e-324),
    fc.constantFrom(1n, Symbol('a'), new Date(0), () => 1, Object.create(null)),
    fc.constantFrom(Float64Array.of(1), Uint8Array.of(1), BigInt64Array.of(1n), new Map([[1, 2]])),
    fc.constantFrom(X, y, p, rows, split, fitted, scaler, [0], [[0]], [null], ['']),
  ],
  maxDepth: 2,
  withSparseArray: true,
  withNullPrototype: true,
})

const withOne = (good: unknown, name: string, wrong: unknown): unknown =>
  Array.isArray(good)
    ? good.map((entry, i) => (String(i) === name ? wrong : entry))
    : { ...(good as object), [name]: wrong }

/** The good arguments with one of them, or one of its members, replaced. */
const nearly = (args: readonly unknown[]) =>
  fc
    .record({ at: fc.nat(args.length - 1), wrong: value, inside: fc.boolean(), pick: fc.nat(20) })
    .map(({ at, wrong, inside, pick }) => {
      const good = args[at]
      const names = typeof good === 'object' && good !== null ? Object.keys(good) : []
      const replaced =
        inside && names.length > 0 ? withOne(good, names[pick % names.length], wrong) : wrong
      return args.map((argument, i) => (i === at ? replaced : argument))
    })

const tried = Object.entries(calls)

describe.each(tried)('%s', (_, [call, args]) => {
  test('succeeds with what it is made for', () => {
    expect(() => call(...(args as never[]))).not.toThrow()
  })

  test('throws nothing but a ModelError', () => {
    fc.assert(
      fc.property(nearly(args), (given) => {
        try {
          call(...(given as never[]))
        } catch (error) {
          if (!(error instanceof model.ModelError)) throw error
          expect(error.message).not.toBe('')
        }
      }),
      { numRuns: 500 },
    )
  })
})

test('these are all public functions and classes', () => {
  const known = new Set(tried.map(([name]) => name.replace(/^new | of .*$/g, '').split('.')[0]))
  const others = [
    'CsvParser',
    'calibrate',
    'ModelError',
    'StandardScaler',
    'countExpected',
    'createStabilityCounter',
    'decimalPattern',
    'longestDecimal',
    'readLabelledTable',
    'readTableFromPieces',
    'stabilityCounterOf',
    'stabilityOfCounts',
  ]
  const names = Object.keys(model).filter((name) => !known.has(name) && !others.includes(name))
  expect(names).toEqual([])
})
