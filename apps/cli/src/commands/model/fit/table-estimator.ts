import {
  ColumnTransformer,
  type ColumnTransformerPart,
  ElasticNet,
  Frame,
  Lasso,
  LinearRegression,
  LogisticRegression,
  Matrix,
  OneHotEncoder,
  Pipeline,
  Ridge,
  SimpleImputer,
  StandardScaler,
  type Transformer,
} from '@dsapi/model'
import { mostCategories } from '../tables/draw-columns.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { type FitArguments, toModelOptions } from './fit-options.ts'

type Feature = {
  readonly name: string
  readonly kind: string
  readonly column: Frame['columns'][number]
  readonly isEncoded: boolean
  readonly hasMissing: boolean
  readonly isMany: boolean
}

/** The columns that a model is fitted to. */
export const featuresOf = ({ columns }: TrainingTable): readonly Feature[] =>
  columns.flatMap(({ name, kind, nMissing = 0, nDistinct = 0, use }) => {
    if (use.type !== 'number' && use.type !== 'categories') return []
    const hasMissing = nMissing > 0
    const isMany = nDistinct + Number(hasMissing) > mostCategories
    const isEncoded = use.type === 'categories'
    return [{ name, kind, column: use.column, isEncoded, hasMissing, isMany }]
  })

/** The names of the columns that a model is fitted to. */
export const featureNamesOf = (table: TrainingTable): readonly string[] =>
  featuresOf(table).map(({ name }) => name)

/** Whether all features are numbers without missing values, so that a model takes them as they are. */
export const isPlain = (table: TrainingTable): boolean =>
  featuresOf(table).every(({ isEncoded, hasMissing, kind }) => {
    return !isEncoded && !hasMissing && kind === 'number'
  })

/** Columns that are written together. */
const atOnce = 64

/** The features of all rows as numbers. */
export const toMatrix = (table: TrainingTable): Matrix => {
  const columns = featuresOf(table).flatMap(({ column }) =>
    column instanceof Float64Array ? [column] : [],
  )
  const data = new Float64Array(table.nRows * columns.length)
  // Some columns at a time, which stay in the processor's cache until all of their rows are written.
  for (let first = 0; first < columns.length; first += atOnce) {
    const end = Math.min(first + atOnce, columns.length)
    for (let row = 0; row < table.nRows; row++) {
      for (let j = first; j < end; j++) data[row * columns.length + j] = columns[j][row]
    }
  }
  return new Matrix(data, table.nRows, columns.length)
}

/** The features of all rows, with texts and missing values. */
export const toFrame = (table: TrainingTable): Frame =>
  new Frame(featuresOf(table).map(({ name, column }) => [name, column] as const))

type Unknown = 'error' | 'ignore'

/**
 * What makes numbers of the features of a table: missing numbers become the median, numbers are scaled, and categories get a
 * column each. A missing value is a category of its own where there are some.
 *
 * @param unknown what is done with a category that the fit has not seen
 */
const transformerOf = (table: TrainingTable, drop: 'first' | 'if_binary', unknown: Unknown) => {
  const features = featuresOf(table)
  const part = (
    name: string,
    transformer: Transformer | 'passthrough',
    has: (feature: Feature) => boolean,
  ): ColumnTransformerPart => [
    name,
    transformer,
    features.filter(has).map((feature) => feature.name),
  ]
  const median = new Pipeline([
    ['impute', new SimpleImputer({ strategy: 'median' })],
    ['scale', new StandardScaler()],
  ])
  const isBoolean = ({ kind }: Feature) => kind === 'boolean'
  const isNumber = (feature: Feature) => !feature.isEncoded && !isBoolean(feature)
  const many = {
    drop,
    maxCategories: mostCategories,
    handleUnknown: 'infrequent_if_exist',
  } as const
  return new ColumnTransformer([
    part('numbers', new StandardScaler(), (one) => isNumber(one) && !one.hasMissing),
    part('imputed', median, (one) => isNumber(one) && one.hasMissing),
    part('booleans', 'passthrough', (one) => isBoolean(one) && !one.hasMissing && !one.isEncoded),
    part('imputed_booleans', new SimpleImputer({ strategy: 'most_frequent' }), (one) => {
      return isBoolean(one) && one.hasMissing && !one.isEncoded
    }),
    part('categories', new OneHotEncoder({ drop, handleUnknown: unknown }), (one) => {
      return one.isEncoded && !one.isMany
    }),
    part('many_categories', new OneHotEncoder(many), (one) => one.isEncoded && one.isMany),
  ])
}

/** Makes what is fitted to a table with texts or missing values, to predict classes. */
export const classifierPipeline = (
  table: TrainingTable,
  options: FitArguments,
  unknown: Unknown = 'error',
): Pipeline<LogisticRegression> =>
  new Pipeline([
    ['columns', transformerOf(table, dropFor(options), unknown)],
    ['model', new LogisticRegression(toModelOptions(options))],
  ])

/** Makes what is fitted to a table to predict numbers. The columns are scaled, so that the penalty is the same for all. */
export const regressorPipeline = (
  table: TrainingTable,
  options: FitArguments,
  unknown: Unknown = 'error',
): Pipeline<Regressor> =>
  new Pipeline([
    ['columns', transformerOf(table, dropFor(options), unknown)],
    ['model', regressorOf(table, options)],
  ])

type Regressor = Ridge | LinearRegression | Lasso | ElasticNet

/** C weighs the sum of the squared errors, as it does the log loss; Lasso and ElasticNet have their mean instead. */
const regressorOf = (
  { nRows, weights }: TrainingTable,
  { C, penalty, l1Ratio, intercept: fitIntercept }: FitArguments,
): Regressor => {
  if (penalty === 'none') return new LinearRegression({ fitIntercept })
  if (penalty === 'l2') return new Ridge({ alpha: 1 / C, fitIntercept })
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? nRows
  const alpha = 1 / (C * total)
  return penalty === 'l1'
    ? new Lasso({ alpha, fitIntercept })
    : new ElasticNet({ alpha, l1Ratio, fitIntercept })
}

/** Without a penalty, the columns of a feature must not add up to the intercept. */
const dropFor = ({ penalty }: FitArguments) => (penalty === 'none' ? 'first' : 'if_binary')
