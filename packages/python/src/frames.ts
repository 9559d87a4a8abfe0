import { isRecord } from '@dsapi/inference'

/** A message to or from the runner: JSON, and numbers beside it. */
export type Frame = {
  readonly head: Readonly<Record<string, unknown>>
  readonly numbers: Float64Array<ArrayBuffer>
}

/** A head has texts of rows. Longer ones come from something else than the runner. In bytes. */
const longestHead = 256 * 2 ** 20
const longestNumbers = 2 ** 30

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The bytes of a frame: `runner.py` says how it is written. They are one piece, so that a write has all of them. */
export const writeFrame = (head: object, numbers = new Float64Array()): Uint8Array => {
  const text = encoder.encode(JSON.stringify({ ...head, bytes: numbers.byteLength }))
  const end = alignedEnd(text.length)
  const frame = new Uint8Array(end + numbers.byteLength)
  new DataView(frame.buffer).setUint32(0, text.length, true)
  frame.set(text, 4)
  frame.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), end)
  return frame
}

/** Where the numbers begin after a head of some length. */
const alignedEnd = (headLength: number) => Math.ceil((4 + headLength) / 8) * 8

/**
 * Makes what takes bytes as they come, and gives each frame once it is complete.
 *
 * @throws Error when the bytes are no frames
 */
export const createFrameReader = (onFrame: (frame: Frame) => void) => {
  let chunks: Uint8Array[] = []
  let length = 0
  let needed = 4

  const gather = () => {
    const all = new Uint8Array(length)
    let at = 0
    for (const chunk of chunks) {
      all.set(chunk, at)
      at += chunk.length
    }
    return all
  }
  return (chunk: Uint8Array): void => {
    chunks.push(chunk)
    length += chunk.length
    while (length >= needed) {
      const bytes = gather()
      chunks = [bytes]
      const read = readFrame(bytes)
      needed = read.needed
      if (read.frame === undefined) continue
      onFrame(read.frame)
      chunks = [bytes.subarray(needed)]
      length -= needed
      needed = 4
    }
  }
}

/** The frame at the start of some bytes, if they have all of it; and how many bytes it needs, as far as that is known. */
const readFrame = (bytes: Uint8Array<ArrayBuffer>) => {
  const headLength = new DataView(bytes.buffer).getUint32(0, true)
  if (headLength > longestHead) throw new Error(`The head of a frame is ${headLength} bytes long`)
  const start = alignedEnd(headLength)
  if (bytes.length < start) return { needed: start }
  const head: unknown = JSON.parse(decoder.decode(bytes.subarray(4, 4 + headLength)))
  if (!isRecord(head) || !isLength(head.bytes)) throw new Error('The head of a frame has no length')
  const needed = start + head.bytes
  if (bytes.length < needed) return { needed }
  const numbers = new Float64Array(bytes.buffer.slice(start, needed))
  return { needed, frame: { head, numbers } }
}

const isLength = (value: unknown): value is number =>
  typeof value === 'number' && value % 8 === 0 && value >= 0 && value <= longestNumbers
