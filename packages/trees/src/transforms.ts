/** Turns the margins of one row, at `at`, into what the library predicts, in place. */
export type Transform = (values: Float64Array, at: number, outputs: number) => void

export const identity: Transform = () => {}

const f = Math.fround
const LARGEST_EXPONENT = f(88.7)
const TINY = f(1e-16)

const each =
  (convert: (margin: number) => number): Transform =>
  (values, at, outputs) => {
    for (let i = at; i < at + outputs; i++) values[i] = convert(values[i])
  }

/** XGBoost's functions are in float32, except the sum of softmax (dmlc/xgboost, src/common/math.h). */
export const floatSigmoid = each((margin) => {
  const power = f(Math.exp(Math.min(-margin, LARGEST_EXPONENT)))
  return f(1 / f(f(power + 1) + TINY))
})

export const floatExp = each((margin) => f(Math.exp(margin)))

export const floatSoftmax: Transform = (values, at, outputs) => {
  let largest = values[at]
  for (let i = at + 1; i < at + outputs; i++) largest = Math.max(largest, values[i])
  let sum = 0
  for (let i = at; i < at + outputs; i++) {
    values[i] = f(Math.exp(f(values[i] - largest)))
    sum += values[i]
  }
  for (let i = at; i < at + outputs; i++) values[i] = f(values[i] / f(sum))
}

/** LightGBM's are in doubles (src/objective/*.hpp, ConvertOutput). */
export const sigmoid = (steepness: number): Transform =>
  each((margin) => 1 / (1 + Math.exp(-steepness * margin)))

export const exp = each(Math.exp)

export const log1pExp = each((margin) => Math.log1p(Math.exp(margin)))

/** Of models that were trained on the square root of their labels. */
export const signedSquare = each((margin) => Math.sign(margin) * margin * margin)

export const softmax: Transform = (values, at, outputs) => {
  let largest = values[at]
  for (let i = at + 1; i < at + outputs; i++) largest = Math.max(largest, values[i])
  let sum = 0
  for (let i = at; i < at + outputs; i++) {
    values[i] = Math.exp(values[i] - largest)
    sum += values[i]
  }
  for (let i = at; i < at + outputs; i++) values[i] /= sum
}
