import type { Datatype } from './datatypes.ts'

/** Numbers as a model takes them. */
export type Numbers = Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>

/** Room for the numbers of a tensor, as exact as its datatype is. */
export const makeNumbers = (datatype: Datatype, length: number): Numbers =>
  datatype.kind === 'float' && datatype.bytes < 8
    ? new Float32Array(length)
    : new Float64Array(length)
