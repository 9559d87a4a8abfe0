import type { Predictor, Rows } from './predictor.ts'
import type { PrepareRows } from './prepare-rows.ts'

/**
 * XGBoost's gblinear: a weighted sum of the features that are not missing, in float32 and in their order
 * (dmlc/xgboost, src/gbm/gblinear.cc).
 *
 * @param weights of each feature, one for each output; behind them the biases
 */
export function createLinearPredictor(
  weights: Float32Array,
  featureCount: number,
  outputs: number,
  prepare: PrepareRows,
): Predictor {
  const row = new Float64Array(featureCount)
  const addTo = (rows: Rows, count: number, margins: Float64Array) => {
    for (let i = 0; i < count; i++) {
      prepare.into(row, rows, i * featureCount, featureCount)
      for (let output = 0; output < outputs; output++) {
        const bias = weights[featureCount * outputs + output]
        let sum = Math.fround(bias + margins[i * outputs + output])
        for (let feature = 0; feature < featureCount; feature++) {
          const value = row[feature]
          if (Number.isNaN(value)) continue
          sum = Math.fround(sum + Math.fround(value * weights[feature * outputs + output]))
        }
        margins[i * outputs + output] = sum
      }
    }
  }
  return { addTo }
}
