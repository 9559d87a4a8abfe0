import { Wrong } from '../json/wrong.ts'
import type { ProtocolRequest } from '../protocol.ts'

/** The header that has the length of the JSON, where tensors in binary form follow it. */
export const lengthHeader = 'inference-header-content-length'

/** A body in its parts. */
export type BodyParts =
  /** `tensors`: what follows the JSON; undefined where the whole body is JSON. */
  | {
      readonly type: 'json'
      readonly json: Uint8Array<ArrayBuffer>
      readonly tensors: Uint8Array<ArrayBuffer> | undefined
    }
  /** The body is the one input of the model, without JSON. */
  | { readonly type: 'raw'; readonly tensor: Uint8Array<ArrayBuffer> }

/** Divides a body by the length of its JSON. */
export const splitBody = ({ body, headers }: ProtocolRequest): BodyParts | Wrong => {
  const header = headers[lengthHeader]
  if (header === undefined) return { type: 'json', json: body, tensors: undefined }
  const length = /^\d{1,15}$/.test(header) ? Number(header) : Number.NaN
  if (!(length <= body.length)) {
    return wrongHeader(
      `must be the length of the JSON in bytes, at most the ${body.length} bytes of the body`,
    )
  }
  if (length === 0) return { type: 'raw', tensor: body }
  return { type: 'json', json: body.subarray(0, length), tensors: body.subarray(length) }
}

const wrongHeader = (message: string) =>
  new Wrong(
    'Inference-Header-Content-Length',
    message,
    `The header Inference-Header-Content-Length ${message}`,
  )
