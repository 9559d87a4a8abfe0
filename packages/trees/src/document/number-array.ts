import { brokenAt } from '../errors.ts'

export type NumberArray = Float32Array | Float64Array | Int32Array | Uint8Array

/** How an array of numbers is stored, and which numbers it may hold. */
export interface NumberType<T extends NumberArray> {
  readonly make: (length: number) => T
  readonly expected: string
  readonly accepts: (value: number) => boolean
}

const any = () => true

export const FLOATS: NumberType<Float32Array> = {
  make: (length) => new Float32Array(length),
  expected: 'a number',
  accepts: any,
}
export const DOUBLES: NumberType<Float64Array> = {
  make: (length) => new Float64Array(length),
  expected: 'a number',
  accepts: any,
}
export const INTEGERS: NumberType<Int32Array> = {
  make: (length) => new Int32Array(length),
  expected: 'a whole number of 32 bits',
  accepts: (value) => (value | 0) === value,
}
/** Bytes as numbers with or without a sign. */
export const BYTES: NumberType<Uint8Array> = {
  make: (length) => new Uint8Array(length),
  expected: 'a byte',
  accepts: (value) => Number.isInteger(value) && value >= -128 && value <= 255,
}
export const FLAGS: NumberType<Uint8Array> = {
  make: (length) => new Uint8Array(length),
  expected: '0 or 1',
  accepts: (value) => value === 0 || value === 1,
}

/** Stores one number, or says where the one is that may not stand there. */
export function storeNumber<T extends NumberArray>(
  type: NumberType<T>,
  into: T,
  index: number,
  value: number,
  offset: number,
): void {
  if (!type.accepts(value)) throw brokenAt(offset, `Expected ${type.expected}, found ${value}`)
  into[index] = value
}
