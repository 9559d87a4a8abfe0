import {
  lightgbm,
  linearRegression,
  logisticRegression,
  predictRow,
  xgboost,
} from '@dsapi/inference/local'
import { type LogisticRegressionModel, modelFromJSON } from '@dsapi/model'
import type { Cell } from '../../snippets/literals.ts'
import { type Answer, numbersOf } from './answers.ts'

/** A model that this browser computes, with the code of the server. This module is loaded with the first such model. */
export type LocalModel = {
  /** @throws Error for a row that the model refuses */
  readonly answer: (row: readonly Cell[]) => Answer
  /** The model itself, where its score is a sum that can be shown. */
  readonly logistic?: LogisticRegressionModel
}

/** By the formats of their files. Pipelines are left out: their code would be a fifth of the whole console. */
const kinds = new Map([
  ['dsapi-logistic-regression', logisticRegression],
  ['dsapi-linear-regression', linearRegression],
  ['xgboost-json', xgboost],
  ['xgboost-ubjson', xgboost],
  ['lightgbm-text', lightgbm],
])

type Read = {
  readonly format: string
  readonly bytes: Uint8Array
  /** Those of the version. */
  readonly options: Readonly<Record<string, unknown>>
}

/** @throws Error when the file is of another kind, or damaged */
export const readLocalModel = async ({ format, bytes, options }: Read): Promise<LocalModel> => {
  const kind = kinds.get(format)
  if (kind === undefined) throw new Error(`The browser does not compute the format ${format}`)
  const runtime = await kind.read(bytes, options)
  return {
    answer: (row) => numbersOf(predictRow(runtime, row.map(inRow))),
    ...(kind === logisticRegression && {
      logistic: modelFromJSON(JSON.parse(new TextDecoder().decode(bytes))),
    }),
  }
}

const inRow = (cell: Cell) => (typeof cell === 'boolean' ? Number(cell) : cell)
