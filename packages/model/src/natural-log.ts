import { fma } from './fma.ts'

const float = new Float64Array(1)
const bits = new BigUint64Array(float.buffer)

const LN2_HIGH = 0.6931471805598903
const LN2_LOW = 5.497923018708371e-14

/** Coefficients of log1p(r) - r for |r| < 1/256, from r^2 up. */
const NARROW = [
  -0.5000000000000001, 0.33333333331825593, -0.2499999999622955, 0.20000304511814496,
  -0.16667054827627667,
] as const

/** Coefficients of log1p(r) - r for -1/16 <= r < 0.0647, from r^2 up. */
const WIDE = [
  -0.5, 0.3333333333333352, -0.24999999999998432, 0.19999999999320328, -0.16666666669929706,
  0.14285715076560868, -0.12499997863982555, 0.11110712032936046, -0.10000486757818193,
  0.09181994006195467, -0.08328363062289341,
] as const

/** 1/c for a point c near the middle of each of 128 equal parts of [0.6875, 1.375). */
const INVERSE_CENTRES = Float64Array.of(
  1.4504249240398293,
  1.442253508327276,
  1.4341736174350004,
  1.426183816329995,
  1.4182825527052965,
  1.4104682921759335,
  1.4027396147468003,
  1.3950954438932313,
  1.3875338232485754,
  1.3800539211058593,
  1.3726542695419708,
  1.3653332798446802,
  1.358090204587874,
  1.3509234892132138,
  1.3438320840699889,
  1.3368146974742003,
  1.329870114677736,
  1.322997339161106,
  1.316195352741367,
  1.3094628125672239,
  1.3027990455471041,
  1.2962024229438942,
  1.2896726275815547,
  1.2832080305745537,
  1.276807885983376,
  1.2704714060687552,
  1.2641976054949482,
  1.257985357514882,
  1.2518337750655457,
  1.2457421919097305,
  1.2397094966625508,
  1.2337348463589233,
  1.2278176973028803,
  1.2219570190618474,
  1.2161519732977757,
  1.2104018095009725,
  1.204705805718973,
  1.1990631185441964,
  1.1934733004462308,
  1.1879350812847385,
  1.1824481322833125,
  1.1770114976921955,
  1.1716248121809465,
  1.1662869231674715,
  1.1609977486762766,
  1.1557563220795803,
  1.1505619105480347,
  1.1454138888505974,
  1.140311877374656,
  1.1352550225747513,
  1.1302429094831266,
  1.1252747693068048,
  1.1203501571039876,
  1.1154683327680124,
  1.1106291463292157,
  1.1058315813301596,
  1.1010752177696026,
  1.0963597137952512,
  1.0916844827550398,
  1.0870487291277784,
  1.082452357388312,
  1.0778948225025884,
  1.0733751731601076,
  1.068893585073351,
  1.0644491706655506,
  1.0600414846328305,
  1.0556701316181605,
  1.051334750556926,
  1.0470347288442157,
  1.0427699229652954,
  1.0385395013738175,
  1.034343418940345,
  1.0301811073173315,
  1.026052043621297,
  1.0219561082336197,
  1.0178926505784922,
  1.0138614436244586,
  1.0098620186501341,
  1.0058938559734134,
  1.00195696235014,
  0.9961089923088509,
  0.9884170338185201,
  0.9808429191005297,
  0.9733840169987446,
  0.9660377568876556,
  0.9588014945307369,
  0.9516728569073111,
  0.9446494635965822,
  0.9377288993026223,
  0.9309091073790681,
  0.924187681612722,
  0.9175626765599192,
  0.9110320403624034,
  0.9045935839762024,
  0.8982456375922825,
  0.8919860966782501,
  0.8858131121185129,
  0.879725075760676,
  0.8737201372634685,
  0.8677966405782273,
  0.8619528050060739,
  0.8561872354420692,
  0.8504983927816893,
  0.8448844572790304,
  0.8393442741575965,
  0.8338762249349438,
  0.8284789320557778,
  0.8231510800065832,
  0.8178913903778707,
  0.8126984007245374,
  0.8075710029460227,
  0.8025078881160415,
  0.7975077379364331,
  0.792569604966373,
  0.7876923641254114,
  0.7828746724940998,
  0.7781155388790811,
  0.7734139557869777,
  0.7687687179914933,
  0.7641790698041854,
  0.7596438763692399,
  0.7551621951078668,
  0.7507331780216866,
  0.7463557196361751,
  0.7420289364869653,
  0.7377521537065876,
  0.7335242966002608,
  0.729344777457841,
)

/** log(c), to a multiple of 2^-43: each c was chosen so that nothing is lost by that. */
const LOG_CENTRES = INVERSE_CENTRES.map(
  (inverse) => -Math.round(Math.log(inverse) * 2 ** 43) / 2 ** 43,
)

/** The bits of the lower end of the interval that {@link INVERSE_CENTRES} divides. */
const OFFSET = 0x3fe6000000000000n

/**
 * The natural logarithm of a positive normal double, with the bits that glibc gives on a processor
 * with fused multiply-add.
 *
 * `Math.log` may differ from it in the last bit, and so may a table drawn with it from NumPy's.
 *
 * Source: S. Nagy's `log` in Arm Optimized Routines (glibc 2.28 and later): table of 128
 * intervals, then a polynomial; its error is below 0.52 units in the last place.
 */
export function naturalLog(x: number): number {
  if (x === 1) return 0
  if (x >= 0.9375 && x < 1.064697265625) return logNearOne(x - 1)

  float[0] = x
  const shifted = bits[0] - OFFSET
  const part = Number((shifted >> 45n) & 127n)
  const exponent = Number(BigInt.asIntN(64, shifted) >> 52n)
  bits[0] -= shifted & 0xfff0000000000000n

  const r = fma(float[0], INVERSE_CENTRES[part], -1)
  const coarse = exponent * LN2_HIGH + LOG_CENTRES[part]
  const high = coarse + r
  const square = r * r
  const low = fma(square, NARROW[0], fma(exponent, LN2_LOW, coarse - high + r))
  const tail = fma(fma(r, NARROW[4], NARROW[3]), square, fma(r, NARROW[2], NARROW[1]))
  return fma(r * square, tail, low) + high
}

/** log(1 + r) where the logarithm is so small that the table's rounding would show. */
function logNearOne(r: number): number {
  const square = r * r
  const cube = r * square
  const first = fma(square, WIDE[3], fma(r, WIDE[2], WIDE[1]))
  const second = fma(square, WIDE[6], fma(r, WIDE[5], WIDE[4]))
  const third = fma(cube, WIDE[10], fma(square, WIDE[9], fma(r, WIDE[8], WIDE[7])))
  const tail = fma(fma(third, cube, second), cube, first)

  // r - r^2/2 in two parts: the upper half of r squares without rounding.
  const scaled = r * 2 ** 27
  const rHigh = r + scaled - scaled
  const rLow = r - rHigh
  const halfSquare = rHigh * rHigh * WIDE[0]
  const high = r + halfSquare
  const low = fma(WIDE[0] * rLow, rHigh + r, r - high + halfSquare)
  return high + fma(tail, cube, low)
}
