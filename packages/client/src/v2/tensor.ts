/** The elements of a tensor, by its datatype: an element of BOOL is 0 or 1, and one of FP16 is its bits (IEEE 754). */
type Elements = {
  readonly BOOL: Uint8Array<ArrayBuffer>
  readonly UINT8: Uint8Array<ArrayBuffer>
  readonly UINT16: Uint16Array<ArrayBuffer>
  readonly UINT32: Uint32Array<ArrayBuffer>
  readonly UINT64: BigUint64Array<ArrayBuffer>
  readonly INT8: Int8Array<ArrayBuffer>
  readonly INT16: Int16Array<ArrayBuffer>
  readonly INT32: Int32Array<ArrayBuffer>
  readonly INT64: BigInt64Array<ArrayBuffer>
  readonly FP16: Uint16Array<ArrayBuffer>
  readonly FP32: Float32Array<ArrayBuffer>
  readonly FP64: Float64Array<ArrayBuffer>
  readonly BYTES: readonly string[]
}

/** A type of elements, by its name in the Open Inference Protocol (`inference_rest.md`, "Tensor Data Types"). */
export type Datatype = keyof Elements

/** A tensor: its elements row after row, as many as the product of its shape. */
export type Tensor = {
  readonly [D in Datatype]: {
    readonly datatype: D
    readonly shape: readonly number[]
    readonly data: Elements[D]
  }
}[Datatype]

export type NamedTensor = Tensor & { readonly name: string }

/** What elements of fixed size are in memory. */
export const arrayTypes = {
  BOOL: Uint8Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  FP16: Uint16Array,
  FP32: Float32Array,
  FP64: Float64Array,
} as const satisfies Record<Exclude<Datatype, 'BYTES'>, unknown>

export const isDatatype = (name: unknown): name is Datatype =>
  typeof name === 'string' && (name === 'BYTES' || Object.hasOwn(arrayTypes, name))

/** Tensors in binary form are little-endian, so they are in memory as on the wire. Elsewhere JSON is sent. */
export const isLittleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
