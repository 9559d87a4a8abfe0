import { ModelError } from '../errors.ts'

/** The probability of a score s is 1 / (1 + exp(a·s + b)). */
export interface Sigmoid {
  readonly a: number
  readonly b: number
}

const mostSteps = 100

/**
 * Platt's scaling: the sigmoid of the scores that is likeliest, where each label counts as a probability a little off 0 or
 * 1, so that there always is a best one. Newton's method reaches it; scikit-learn stops a little earlier.
 *
 * @param weights of the rows; undefined where all are 1
 * @throws {ModelError} `invalid_data` when the scores are too large for a double
 *
 * Source: J. Platt, "Probabilistic outputs for support vector machines", 1999, section 2.2;
 * `sklearn.calibration._sigmoid_calibration`, 1.2; for the steps H.-T. Lin, C.-J. Lin, R. C. Weng, "A note on Platt's
 * probabilistic outputs for support vector machines", Machine Learning 68, 2007.
 */
export function fitSigmoid(
  scores: Float64Array,
  isPositive: readonly boolean[],
  weights: ArrayLike<number> | undefined,
): Sigmoid {
  const { mean, deviation } = spreadOf(scores)
  const units = scores.map((score) => (score - mean) / deviation)
  const weightOf = (row: number) => weights?.[row] ?? 1
  let positives = 0
  let negatives = 0
  for (const [row, positive] of isPositive.entries()) {
    if (positive) positives += weightOf(row)
    else negatives += weightOf(row)
  }
  const targets = Float64Array.from(isPositive, (positive) =>
    positive ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
  )
  const lossAt = (a: number, b: number) => {
    let loss = 0
    for (let row = 0; row < units.length; row++) {
      const score = a * units[row] + b
      // log(1 + exp(score)) - (1 - target) · score, without an overflow.
      const softplus = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)))
      loss += weightOf(row) * (softplus - (1 - targets[row]) * score)
    }
    return loss
  }
  let a = 0
  let b = Math.log((negatives + 1) / (positives + 1))
  let loss = lossAt(a, b)
  for (let step = 0; step < mostSteps; step++) {
    let [ga, gb, aa, ab, bb] = [0, 0, 0, 0, 0]
    for (let row = 0; row < units.length; row++) {
      const unit = units[row]
      const probability = 1 / (1 + Math.exp(a * unit + b))
      const slope = weightOf(row) * (targets[row] - probability)
      const curvature = weightOf(row) * probability * (1 - probability)
      ga += slope * unit
      gb += slope
      aa += curvature * unit * unit
      ab += curvature * unit
      bb += curvature
    }
    // Where all scores are the same, any slope is as good: it stays 0.
    aa += 1e-12 * bb + Number.MIN_VALUE
    const determinant = aa * bb - ab * ab
    const da = (bb * ga - ab * gb) / determinant
    const db = (aa * gb - ab * ga) / determinant
    const decrement = da * ga + db * gb
    if (!(decrement > 1e-24 * loss)) break
    let length = 1
    let next = lossAt(a - da, b - db)
    while (next > loss - 1e-4 * length * decrement + 1e-14 * loss && length > 1e-10) {
      length /= 2
      next = lossAt(a - length * da, b - length * db)
    }
    a -= length * da
    b -= length * db
    loss = next
  }
  const sigmoid = { a: a / deviation, b: b - (a / deviation) * mean }
  if (Number.isFinite(sigmoid.a) && Number.isFinite(sigmoid.b)) return sigmoid
  throw new ModelError(
    'invalid_data',
    'no sigmoid goes through the scores; expected finite scores that are not as large',
  )
}

function spreadOf(scores: Float64Array): { mean: number; deviation: number } {
  const mean = scores.reduce((sum, score) => sum + score / scores.length, 0)
  const square = scores.reduce((sum, score) => sum + (score - mean) ** 2 / scores.length, 0)
  const deviation = Math.sqrt(square)
  return { mean, deviation: deviation > 1e-13 * Math.abs(mean) ? deviation : 1 }
}
