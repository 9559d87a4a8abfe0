/** How many rows a body has, and how many features a row. */
export const shape = { rows: 100_000, features: 20 } as const

/** A body with all rows, in one of the forms in which they can be asked. */
export type Contestant = {
  readonly name: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Two decimals, which are short in JSON. */
const numbers = Float32Array.from(
  { length: shape.rows * shape.features },
  (_, i) => ((i * 7919) % 1009) / 100 - 5,
)

const written = Array.from(numbers, (number) => Number(number.toFixed(2)))
const instances = Array.from({ length: shape.rows }, (_, row) =>
  written.slice(row * shape.features, (row + 1) * shape.features),
)

const json = (name: string, path: string, body: unknown): Contestant => ({
  name,
  path,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
})

const tensor = { name: 'input', shape: [shape.rows, shape.features], datatype: 'FP32' }

/** With spaces behind the JSON, so that the tensor begins where a typed array can. */
const binary = (): Contestant => {
  const parameters = { binary_data_size: numbers.byteLength }
  const head = JSON.stringify({
    inputs: [{ ...tensor, parameters }],
    parameters: { binary_data_output: true },
  })
  const aligned = head.padEnd(Math.ceil(head.length / 8) * 8)
  return {
    name: 'V2, binary FP32',
    path: '/v2/models/default/infer',
    headers: { 'inference-header-content-length': String(aligned.length) },
    body: Buffer.concat([Buffer.from(aligned), Buffer.from(numbers.buffer)]),
  }
}

/** The first is measured against the others. */
export const contestants = (): readonly Contestant[] => [
  binary(),
  json('POST /predict', '/predict', { instances }),
  json('V2, JSON', '/v2/models/default/infer', { inputs: [{ ...tensor, data: written }] }),
  json('KServe V1, JSON', '/v1/models/default:predict', { instances }),
  json('MLflow, JSON', '/invocations', { inputs: instances }),
]
