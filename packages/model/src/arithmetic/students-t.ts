/**
 * How likely a normal deviate lies further than z from 0, on either side.
 *
 * Source: W. J. Cody's split of the error function into a series and a continued fraction, as in Abramowitz and Stegun,
 * "Handbook of Mathematical Functions", 7.1.5 and 7.1.14.
 */
export function normalTails(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  if (x < 2) {
    let term = x
    let sum = x
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = 0
  for (let n = 80; n >= 1; n--) fraction = n / 2 / (x + fraction)
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction))
}

/**
 * How likely a deviate of Student's t lies further than t from 0, on either side.
 *
 * @param degrees of freedom, above 0
 *
 * Source: Abramowitz and Stegun, 26.7.1 and 26.5.8 (the incomplete beta function as a continued fraction).
 */
export function studentTails(t: number, degrees: number): number {
  const x = degrees / (degrees + t * t)
  return incompleteBeta(x, degrees / 2, 1 / 2)
}

/**
 * The deviate beyond which, on either side, a share of the distribution lies.
 *
 * @param tailsOf what lies beyond a deviate: falls from 1 to 0
 */
export function deviateOf(tailsOf: (deviate: number) => number, share: number): number {
  let low = 0
  let high = 1
  while (tailsOf(high) > share && high < 1e300) high *= 2
  for (let step = 0; step < 200 && high - low > 4 * Number.EPSILON * high; step++) {
    const middle = (low + high) / 2
    if (tailsOf(middle) > share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The regularized incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast on this side alone.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front =
    Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  const tiny = 1e-300
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny)
  let product = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d || tiny)
      c = 1 + term / c || tiny
      change *= c * d
    }
    product *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return front * product
}

/** Source: C. Lanczos, "A precision approximation of the gamma function", SIAM J. Numer. Anal. 1, 1964; x of at least ½. */
function logGamma(x: number): number {
  const base = x + 6.5
  let sum = lanczos[0]
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i] / (x - 1 + i)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]
