import type { InputPlan } from './input-plan.ts'

/** Which numbers a feature takes. */
export type NumberLimits = {
  readonly least: number
  readonly most: number
  readonly isInteger: boolean
}

/** The largest number that is rounded to a 32-bit float, and not to infinity. */
const mostFloat32 = 2 ** 128 - 2 ** 103

const safe = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER, isInteger: true }

/** The numbers that a type of element takes. JSON keeps whole numbers up to 2^53, so no more are taken. */
const limitsOf = (elementType: string): NumberLimits => {
  if (elementType === 'float64') {
    return { least: -Number.MAX_VALUE, most: Number.MAX_VALUE, isInteger: false }
  }
  if (elementType === 'float32') {
    return { least: -mostFloat32, most: mostFloat32, isInteger: false }
  }
  if (elementType === 'bool') return { least: 0, most: 1, isInteger: true }
  const [, unsigned, digits] = /^(u?)int(\d+)$/.exec(elementType) ?? []
  const bits = Number(digits)
  if (bits > 53) return unsigned === '' ? safe : { ...safe, least: 0 }
  return unsigned === ''
    ? { least: -(2 ** (bits - 1)), most: 2 ** (bits - 1) - 1, isInteger: true }
    : { least: 0, most: 2 ** bits - 1, isInteger: true }
}

/** The limits of all numeric features, in the order of a batch. */
export const numberLimits = (inputs: readonly InputPlan[]): readonly NumberLimits[] =>
  inputs
    .filter(({ elementType }) => elementType !== 'string')
    .flatMap(({ elementType, width }) => {
      const limits = limitsOf(elementType)
      return Array.from({ length: width }, () => limits)
    })
