/** The fields of a ModelProto, each with how its value is written: 0 a varint, 2 bytes after their length. */
const wires: Readonly<Record<number, number>> = {
  1: 0,
  2: 2,
  3: 2,
  4: 2,
  5: 0,
  6: 2,
  7: 2,
  8: 2,
  14: 2,
  20: 2,
  25: 2,
}

/** Those that hold a short text: what made the model, with which version, and its domain. */
const shortTexts: ReadonlySet<number> = new Set([2, 3, 4])

const printable = /^[^\p{Cc}\p{Cn}\uFFFD]*$/u
const decoder = new TextDecoder()
const isShortText = (bytes: Uint8Array) =>
  bytes.length < 1000 && printable.test(decoder.decode(bytes))

/**
 * Whether a file is an ONNX model. The format has no magic number; but its first field is the version of the format, and
 * the next ones are of few sorts. TensorFlow's SavedModel begins alike, and has a whole graph where ONNX has a name.
 *
 * @param head the first bytes of the file
 */
export const recognizesOnnx = (head: Uint8Array): boolean => {
  // Field 1 as a varint. The versions have come to 13 in ten years.
  if (head.length < 4 || head[0] !== 8 || head[1] === 0 || head[1] > 127) return false
  let at = 2
  let fields = 0
  while (at < head.length) {
    const tag = readVarint(head, at)
    if (tag === undefined) break
    const number = tag.value >> 3
    if (wires[number] !== (tag.value & 7)) return false
    fields++
    const value = readVarint(head, tag.end)
    if (value === undefined) break
    at = value.end
    if (wires[number] === 0) continue
    const text = head.subarray(at, at + value.value)
    if (shortTexts.has(number) && !isShortText(text)) return false
    at += value.value
  }
  return fields > 0
}

/** A number at a place of the head; `undefined` where the head ends before it does. */
const readVarint = (head: Uint8Array, start: number) => {
  let value = 0
  for (let at = start; at < Math.min(head.length, start + 10); at++) {
    value += (head[at] & 127) * 128 ** (at - start)
    if (head[at] < 128) return { value, end: at + 1 }
  }
  return undefined
}
