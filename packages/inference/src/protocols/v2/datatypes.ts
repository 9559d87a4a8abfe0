type IntegerType = {
  readonly kind: 'integer'
  readonly bytes: 1 | 2 | 4 | 8
  readonly isSigned: boolean
  /** The smallest and the largest value that JSON can hold exactly. */
  readonly least: number
  readonly most: number
}

/** How the elements of a tensor are written. */
export type Datatype = { readonly name: string } & (
  | IntegerType
  | { readonly kind: 'bool'; readonly bytes: 1 }
  | { readonly kind: 'float'; readonly bytes: 2 | 4 | 8 }
  | { readonly kind: 'bytes'; readonly bytes: 0 }
)

const integer = (bytes: IntegerType['bytes'], isSigned: boolean): Datatype => {
  const bits = 8 * bytes
  const most = Math.min(2 ** (isSigned ? bits - 1 : bits) - 1, Number.MAX_SAFE_INTEGER)
  return {
    name: `${isSigned ? '' : 'U'}INT${bits}`,
    kind: 'integer',
    bytes,
    isSigned,
    least: isSigned ? Math.max(-(2 ** (bits - 1)), Number.MIN_SAFE_INTEGER) : 0,
    most,
  }
}

const all: readonly Datatype[] = [
  { name: 'BOOL', kind: 'bool', bytes: 1 },
  integer(1, false),
  integer(2, false),
  integer(4, false),
  integer(8, false),
  integer(1, true),
  integer(2, true),
  integer(4, true),
  integer(8, true),
  { name: 'FP16', kind: 'float', bytes: 2 },
  { name: 'FP32', kind: 'float', bytes: 4 },
  { name: 'FP64', kind: 'float', bytes: 8 },
  { name: 'BYTES', kind: 'bytes', bytes: 0 },
]

const byName = new Map(all.map((datatype) => [datatype.name, datatype]))

/** Their names, in the order of the protocol. */
export const datatypeNames: readonly string[] = all.map(({ name }) => name)

/**
 * The type of a tensor's elements by its name in the Open Inference Protocol (`inference_rest.md`, "Tensor Data Types").
 */
export const datatypeOf = (name: string): Datatype | undefined => byName.get(name)
