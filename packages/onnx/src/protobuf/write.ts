const encoder = new TextEncoder()

/** The parts of a message, to be joined. */
export type Parts = readonly Uint8Array[]

/** A field whose value is other parts, after their length. */
export const bytesField = (number: number, parts: Parts): Parts => {
  const length = parts.reduce((total, part) => total + part.length, 0)
  return [varint(number * 8 + 2), varint(length), ...parts]
}

/** A field whose value is a text. */
export const textField = (number: number, text: string): Parts =>
  bytesField(number, [encoder.encode(text)])

/** A field whose value is an integer that is not negative. */
export const integerField = (number: number, value: number): Parts => [
  varint(number * 8),
  varint(value),
]

/** Parts as one. */
export const join = (parts: Parts): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const varint = (value: number): Uint8Array => {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128))
  return Uint8Array.from([...bytes, rest])
}
