import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'
import type { Input } from './input.ts'
import { noLength } from './read-head.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Divides what follows the JSON among the inputs that are binary tensors, in their order.
 *
 * @param tensors undefined where nothing says that something follows
 */
export const sliceTensors = (
  tensors: Bytes | undefined,
  inputs: readonly Input[],
): ReadonlyMap<Input, Bytes> | Wrong => {
  const slices = new Map<Input, Bytes>()
  let at = 0
  for (const input of inputs) {
    const { content } = input
    if (content.type !== 'binary') continue
    if (tensors === undefined) return noLength
    const end = at + content.length
    if (end > tensors.length) return tooShort(input, end - tensors.length)
    slices.set(input, tensors.subarray(at, end))
    at = end
  }
  const left = (tensors?.length ?? 0) - at
  return left === 0
    ? slices
    : Wrong.of(`The body has ${left} bytes more than the JSON and the binary inputs`)
}

const tooShort = ({ field, name }: Input, missing: number) => {
  const message = `expects ${missing} more bytes than the body has`
  return new Wrong(field, message, `The input "${shorten(name)}" ${message}`)
}
