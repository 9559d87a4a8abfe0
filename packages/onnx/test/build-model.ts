import { bytesField, integerField, join, type Parts, textField } from '../src/protobuf/write.ts'

/** The element types of ONNX that tests use, by their codes. */
const types = { float32: 1, int64: 7, string: 8, bool: 9, float16: 10, float64: 11 } as const

type ElementType = keyof typeof types

/** An input or output: its type and its size along each axis, which may be a name. */
type BuiltValue = readonly [name: string, type: ElementType, ...shape: readonly (number | string)[]]

type Attribute =
  | string
  | number
  | readonly string[]
  | readonly number[]
  | { readonly tensor: Parts }
  | { readonly float: number }

type BuiltNode = {
  readonly operator: string
  readonly domain?: 'ai.onnx.ml'
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, Attribute>>
  readonly body?: Parts
}

type BuiltModel = {
  readonly nodes: readonly BuiltNode[]
  readonly inputs: readonly BuiltValue[]
  readonly outputs: readonly BuiltValue[]
  readonly initializers?: readonly Parts[]
  readonly producer?: string
}

const many = (number: number, all: readonly Parts[]): Parts =>
  all.flatMap((parts) => bytesField(number, parts))

/** A tensor of integers or texts, or of one float. */
export const tensor = (
  name: string,
  elements: readonly number[] | readonly string[],
  dims: readonly number[] = [elements.length],
): Parts => [
  ...dims.flatMap((size) => integerField(1, size)),
  ...integerField(2, typeof elements[0] === 'string' ? types.string : types.int64),
  ...elements.flatMap((element) =>
    typeof element === 'string' ? textField(6, element) : integerField(7, element),
  ),
  ...textField(8, name),
]

/** A tensor of one 32-bit float. */
export const floatTensor = (
  name: string,
  elements: readonly number[],
  dims: readonly number[],
): Parts => [
  ...dims.flatMap((size) => integerField(1, size)),
  ...integerField(2, types.float32),
  ...textField(8, name),
  ...bytesField(9, [new Uint8Array(Float32Array.from(elements).buffer)]),
]

const value = ([name, type, ...shape]: BuiltValue): Parts => [
  ...textField(1, name),
  ...bytesField(
    2,
    bytesField(1, [
      ...integerField(1, types[type]),
      ...bytesField(
        2,
        many(
          1,
          shape.map((size) =>
            typeof size === 'number' ? integerField(1, size) : textField(2, size),
          ),
        ),
      ),
    ]),
  ),
]

/** The codes of the types of attributes, which stand in their field 20. */
const attributeTypes = { float: 1, integer: 2, text: 3, tensor: 4, integers: 7, texts: 8 } as const

const attribute = (name: string, content: Attribute): Parts => {
  const type = (code: number) => [...textField(1, name), ...integerField(20, code)]
  if (typeof content === 'number')
    return [...type(attributeTypes.integer), ...integerField(3, content)]
  if (typeof content === 'string') return [...type(attributeTypes.text), ...textField(4, content)]
  if ('float' in content) {
    const float = new Uint8Array(Float32Array.of(content.float).buffer)
    // Field 2, as four bytes.
    return [...type(attributeTypes.float), Uint8Array.of(2 * 8 + 5, ...float)]
  }
  if ('tensor' in content) return [...type(attributeTypes.tensor), ...bytesField(5, content.tensor)]
  const isTexts = typeof content[0] === 'string'
  return [
    ...type(isTexts ? attributeTypes.texts : attributeTypes.integers),
    ...content.flatMap((each) =>
      typeof each === 'string' ? textField(9, each) : integerField(8, each),
    ),
  ]
}

const node = ({ operator, domain, inputs, outputs, attributes = {}, body }: BuiltNode): Parts => [
  ...inputs.flatMap((name) => textField(1, name)),
  ...outputs.flatMap((name) => textField(2, name)),
  ...textField(4, operator),
  ...many(
    5,
    Object.entries(attributes).map(([name, content]) => attribute(name, content)),
  ),
  ...(body === undefined ? [] : bytesField(5, [...textField(1, 'body'), ...bytesField(6, body)])),
  ...(domain === undefined ? [] : textField(7, domain)),
]

/** A graph, for a model or for the body of a node. */
export const buildGraph = ({ nodes, inputs, outputs, initializers = [] }: BuiltModel): Parts => [
  ...many(1, nodes.map(node)),
  ...textField(2, 'graph'),
  ...many(5, initializers),
  ...many(11, inputs.map(value)),
  ...many(12, outputs.map(value)),
]

const operatorSet = (domain: string, version: number): Parts => [
  ...textField(1, domain),
  ...integerField(2, version),
]

/** The bytes of a small ONNX model. */
export const buildModel = (model: BuiltModel): Uint8Array<ArrayBuffer> =>
  join([
    ...integerField(1, 8),
    ...textField(2, model.producer ?? 'test'),
    ...bytesField(7, buildGraph(model)),
    ...bytesField(8, operatorSet('', 17)),
    ...bytesField(8, operatorSet('ai.onnx.ml', 3)),
  ])
