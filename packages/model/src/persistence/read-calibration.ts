import type { Calibration, Calibrator } from '../calibration/calibration.ts'
import {
  readArray,
  readNumber,
  readNumbers,
  readObject,
  readWord,
  refuseModel,
} from './read-json.ts'

/**
 * Reads the calibration of a model with so many scores.
 *
 * @throws {ModelError} `invalid_model`, saying where
 */
export const readCalibration = (value: unknown, nScores: number): Calibration =>
  readArray(value, 'calibration', nScores).map((part, k) =>
    readCalibrator(part, `calibration[${k}]`),
  )

const readCalibrator = (value: unknown, what: string): Calibrator => {
  const part = readObject(value, what)
  const method = readWord(part.method, `${what}.method`, ['sigmoid', 'isotonic'])
  if (method === 'sigmoid') {
    return { method, a: readNumber(part.a, `${what}.a`), b: readNumber(part.b, `${what}.b`) }
  }
  const x = readNumbers(part.x, `${what}.x`)
  const y = readNumbers(part.y, `${what}.y`, x.length)
  for (const [i, height] of y.entries()) {
    if (height < 0 || height > 1) refuseModel(`${what}.y[${i}] is ${height}; expected 0 to 1`)
    if (i > 0 && height < y[i - 1]) refuseModel(`${what}.y[${i}] is smaller than the one before it`)
    if (i > 0 && !(x[i] > x[i - 1])) refuseModel(`${what}.x[${i}] is not above the one before it`)
  }
  return { method, x, y }
}

/**
 * Reads the threshold of a model.
 *
 * @throws {ModelError} `invalid_model` when it is no probability, or there are more than two classes
 */
export const readThreshold = (value: unknown, nClasses: number): number => {
  const threshold = readNumber(value, 'threshold')
  if (threshold < 0 || threshold > 1) {
    refuseModel(`threshold is ${threshold}; expected a probability from 0 to 1`)
  }
  if (nClasses > 2) refuseModel(`threshold is there with ${nClasses} classes; expected two classes`)
  return threshold
}
