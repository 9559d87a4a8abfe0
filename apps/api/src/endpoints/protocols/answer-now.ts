import { computeBatchNow, type NamedModel, type Protocol, type Written } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import { exampleModel } from '../predict/example-model.ts'
import { namedModel } from './find-model.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The JSON that a protocol has written; undefined where it has written none. */
export const jsonOfWritten = ({ body }: Written): unknown => {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}

const readJson = (protocol: Protocol, model: NamedModel, body: unknown) =>
  protocol.read(
    {
      body: encoder.encode(JSON.stringify(body)),
      headers: { 'content-type': 'application/json' },
    },
    model,
  )

/** What a request of JSON is answered, as an example. */
export const answerNow = (protocol: Protocol, stored: StoredModel, body: unknown): unknown => {
  const read = readJson(protocol, namedModel(stored), body)
  if (!read.ok) throw new Error(`The example of the protocol ${protocol.name} is wrong`)
  return jsonOfWritten(read.write(computeBatchNow(exampleModel(stored.model), read.batch)))
}

/** What is wrong with a body. */
export const problemNow = (protocol: Protocol, state: NamedModel, body: unknown) => {
  const read = readJson(protocol, state, body)
  if (read.ok) throw new Error(`The protocol ${protocol.name} takes any body`)
  return { message: read.message, ...(read.detail && { detail: read.detail }) }
}
