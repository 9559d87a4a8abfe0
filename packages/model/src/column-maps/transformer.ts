import type { Frame } from '../frame/frame.ts'
import type { FittedColumns } from './fitted-columns.ts'

/** A transformer that has seen its data: it turns columns of a table into others, each by itself. */
export interface FittedTransformer {
  /** The columns that are read, and how; for steps that are joined. */
  readonly input: FittedColumns
  /** The columns that are read: those of the fit. */
  readonly featureNamesIn: readonly string[]
  /** A name for each column of the result. */
  getFeatureNamesOut(): string[]
  toJSON(): object
}

/** What learns from a table how to transform its columns. */
export interface Transformer {
  fit(X: Frame): FittedTransformer
  fitTransform(X: Frame): unknown
}
