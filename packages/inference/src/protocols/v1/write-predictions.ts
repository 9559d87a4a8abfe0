import type { Predictions, ValuePredictions } from '../../predictions.ts'
import type { AnswerKind } from '../answer-kinds.ts'
import { jsonHeaders } from '../json/json-answer.ts'
import { writeRowValues } from '../json/write-values.ts'
import type { Written } from '../protocol.ts'

/**
 * How an answer is written: rows for `instances`, columns for `inputs`. KServe's servers take a list in `inputs` for rows, so
 * such a request is answered in both forms.
 */
export type AnswerForm = 'rows' | 'columns' | 'both'

const encoder = new TextEncoder()

/** Writes predictions as TensorFlow Serving does (`api_rest.md`, "Predict API"): several outputs have their names. */
export const writePredictions = (
  predictions: Predictions,
  kind: AnswerKind,
  form: AnswerForm,
): Written => {
  const members = [
    ...(form === 'columns' ? [] : [`"predictions":${rowsOf(predictions, kind)}`]),
    ...(form === 'rows' ? [] : [`"outputs":${columnsOf(predictions, kind)}`]),
  ]
  return { headers: jsonHeaders, body: encoder.encode(`{${members.join()}}`) }
}

const hasNames = (predictions: Predictions): predictions is ValuePredictions =>
  predictions.type === 'values' && predictions.names.length > 1

const rowsOf = (predictions: Predictions, kind: AnswerKind) => {
  if (!hasNames(predictions)) return writeRowValues(predictions, kind)
  const { nRows, names, values } = predictions
  const starts = names.map((name, k) => `${k === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  const rows = Array.from({ length: nRows }, (_, row) => {
    const members = starts.map((start, k) => start + values[row * names.length + k])
    return `${members.join('')}}`
  })
  return `[${rows.join()}]`
}

const columnsOf = (predictions: Predictions, kind: AnswerKind) => {
  if (!hasNames(predictions)) return writeRowValues(predictions, kind)
  const { nRows, names, values } = predictions
  const columns = names.map((name, k) => {
    const column = Array.from({ length: nRows }, (_, row) => values[row * names.length + k])
    return `${JSON.stringify(name)}:[${column.join()}]`
  })
  return `{${columns.join()}}`
}
