import type { Label } from '@dsapi/inference'
import type { Message } from '../protobuf/fields.ts'

/** What goes into a graph or comes out of it. */
export type Value = {
  readonly name: string
  /** `float32`, `int64`, `string` …; absent where it is no tensor, such as a sequence of maps. */
  readonly elementType?: string | undefined
  /** Its size along each axis, `undefined` where it is free; absent where nothing is known, not even how many axes. */
  readonly shape?: readonly (number | undefined)[] | undefined
}

/** One operation of a graph. */
export type Node = {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Where it stands, for its attributes. */
  readonly message: Message
}

/** An output of the file, after what engines cannot give was taken out. */
export type Output = Value & {
  /** What the engine calls it. */
  readonly tensor: string
  /** The classes that a ZipMap named. */
  readonly classes?: readonly Label[]
}

/** What is read of an ONNX file. Numbers of the model stay where they are. */
export type OnnxFile = {
  /** Without ZipMap; the very bytes of the file where there was none. */
  readonly bytes: Uint8Array
  /** What wrote the file: `skl2onnx 1.21.0`. */
  readonly producer?: string
  /** The operator sets that it uses: `ai.onnx 17`. */
  readonly operatorSets: readonly string[]
  readonly nodes: readonly Node[]
  /** The inputs that each run needs. */
  readonly inputs: readonly Value[]
  readonly outputs: readonly Output[]
  /** The constants of the graph, by name: each a TensorProto. */
  readonly initializers: ReadonlyMap<string, Message>
  /** The names of values that inner graphs use, such as those of an `If`. */
  readonly usedInside: ReadonlySet<string>
}
