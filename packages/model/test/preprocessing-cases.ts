import * as model from '../src/index.ts'
import { camelCaseKeys } from './camel-case.ts'

/** A column of a table as `preprocessing-cases.py` writes it. */
type CaseColumn = {
  readonly name: string
  readonly kind: string
  readonly values: readonly (number | string | null)[]
}

/** What scikit-learn made of a table. */
export type PreprocessingCase = {
  readonly transformer: unknown
  readonly train: readonly CaseColumn[]
  readonly test: readonly CaseColumn[]
  readonly names?: readonly string[]
  readonly fitted?: unknown
  readonly answers?: unknown
  readonly error?: string
}

/** A case's table, its columns of the kinds that they have in Python, even where they have no value. */
export const toFrame = (columns: readonly CaseColumn[]): model.Frame =>
  new model.Frame(
    columns.map(({ name, kind, values }) => [
      name,
      kind === 'text'
        ? model.TextColumn.from(values.map((value) => (value === null ? null : String(value))))
        : Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    ]),
  )

/** The values of each row, as the cases have them. */
export const toCells = (result: model.Frame | model.Matrix): (number | string | null)[][] => {
  if (result instanceof model.Matrix) {
    return result.toRows().map((row) => row.map((value) => (Number.isNaN(value) ? null : value)))
  }
  return Array.from({ length: result.nRows }, (_, row) =>
    result.columns.map((column) => {
      if (column instanceof model.TextColumn) return column.at(row)
      return Number.isNaN(column[row]) ? null : column[row]
    }),
  )
}

const build = (name: string, options: object): model.Transformer => {
  const camel = camelCaseKeys(options)
  if (name === 'SimpleImputer') return new model.SimpleImputer(camel)
  if (name === 'OneHotEncoder') return new model.OneHotEncoder(camel)
  if (name === 'OrdinalEncoder') return new model.OrdinalEncoder(camel)
  if (name === 'StandardScaler') return new model.StandardScaler(camel)
  throw new Error(`the cases have a transformer ${name}`)
}

/** The transformer of a case: see the head of `preprocessing-cases.py`. */
export const toTransformer = (written: unknown): model.Transformer => {
  if (!Array.isArray(written)) throw new Error(`the cases have a transformer ${String(written)}`)
  const [name, argument, options] = written
  if (name === 'Pipeline') {
    const steps = argument.map(([step, inner]: [string, unknown]) => [step, toTransformer(inner)])
    return new model.Pipeline(steps)
  }
  if (name === 'ColumnTransformer') {
    const parts = argument.map(([part, inner, columns]: [string, unknown, string[]]) => [
      part,
      typeof inner === 'string' ? inner : toTransformer(inner),
      columns,
    ])
    return new model.ColumnTransformer(parts, camelCaseKeys(options))
  }
  return build(name, argument)
}
