import type { ClassPredictions, Predictions } from '../../predictions.ts'
import { labelDatatype } from './label-datatype.ts'
import type { AskedOutput } from './read-outputs.ts'

/** An output tensor before it is written. */
export type OutputValues = { readonly shape: readonly number[] } & (
  | { readonly datatype: 'FP64'; readonly values: Float64Array }
  /** `places`: for each element its place in `labels`, which are whole numbers. */
  | { readonly datatype: 'INT64'; readonly labels: readonly number[]; readonly places: Uint32Array }
  | { readonly datatype: 'BYTES'; readonly texts: readonly string[] }
)

/** What an output has for some predictions. */
export const outputValues = (
  { kind, classification }: AskedOutput,
  predictions: Predictions,
): OutputValues => {
  const { nRows } = predictions
  if (predictions.type === 'values') {
    const { names, values } = predictions
    return { datatype: 'FP64', shape: names.length === 1 ? [nRows] : [nRows, names.length], values }
  }
  if (kind === 'predict') return { shape: [nRows], ...labelsOf(predictions) }
  const { classes, probabilities } = predictions
  if (classification === 0) {
    return { datatype: 'FP64', shape: [nRows, classes.length], values: probabilities }
  }
  const most = Math.min(classification, classes.length)
  return { datatype: 'BYTES', shape: [nRows, most], texts: classify(predictions, most) }
}

const labelsOf = ({ classes, predicted }: ClassPredictions) => {
  const datatype = labelDatatype(classes)
  if (datatype === 'INT64') return { datatype, labels: classes.map(Number), places: predicted }
  return datatype === 'FP64'
    ? { datatype, values: Float64Array.from(predicted, (place) => Number(classes[place])) }
    : { datatype, texts: Array.from(predicted, (place) => String(classes[place])) }
}

/**
 * The most probable classes of each row as `probability:place:label`, the most probable first (Triton,
 * `extension_classification.md`).
 */
const classify = ({ nRows, classes, probabilities }: ClassPredictions, most: number) => {
  const texts: string[] = []
  const places = classes.map((_, place) => place)
  for (let row = 0; row < nRows; row++) {
    const first = row * classes.length
    const sorted = places.toSorted((a, b) => probabilities[first + b] - probabilities[first + a])
    for (const place of sorted.slice(0, most)) {
      texts.push(`${probabilities[first + place]}:${place}:${classes[place]}`)
    }
  }
  return texts
}
