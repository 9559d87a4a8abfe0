// Finds where JSON values begin and end, without making anything of them. Whether what lies between is valid
// JSON is for `JSON.parse` to say.

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/** Rows are two levels deep; each level more costs memory and means nothing. */
const deepest = 100

/** The bytes are no JSON from this place on. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError'
}

/** A value is nested too deeply to be read. */
export class JsonDepthError extends Error {
  override readonly name = 'JsonDepthError'
}

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** The place of the first byte from `at` on that is no white space; the length where there is none. */
export const skipSpace = (bytes: Uint8Array, at: number): number => {
  while (at < bytes.length && isSpace(bytes[at])) at++
  return at
}

/** @param at behind the opening quote */
const endOfString = (bytes: Uint8Array, at: number) => {
  for (;;) {
    const end = bytes.indexOf(quote, at)
    if (end < 0) throw new JsonSyntaxError()
    at = end + 1
    let slashes = 0
    while (bytes[end - 1 - slashes] === backslash) slashes++
    if (slashes % 2 === 0) return at
  }
}

const endOfWord = (bytes: Uint8Array, start: number) => {
  let at = start
  for (; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === comma || byte === closeArray || byte === closeObject || isSpace(byte)) break
  }
  if (at === start) throw new JsonSyntaxError()
  return at
}

/**
 * The place behind the value that begins at `start`.
 *
 * @throws JsonSyntaxError, JsonDepthError
 */
export const endOfValue = (bytes: Uint8Array, start: number): number => {
  const first = bytes[start]
  if (first === quote) return endOfString(bytes, start + 1)
  if (first !== openArray && first !== openObject) return endOfWord(bytes, start)
  let depth = 0
  let at = start
  while (at < bytes.length) {
    const byte = bytes[at++]
    if (byte === quote) at = endOfString(bytes, at)
    else if (byte === openArray || byte === openObject) {
      if (++depth > deepest) throw new JsonDepthError()
    } else if (byte === closeArray || byte === closeObject) {
      if (--depth === 0) return at
    }
  }
  throw new JsonSyntaxError()
}

/**
 * Goes through the elements of an array.
 *
 * @param at the place of its bracket
 * @param visit is given where an element begins and ends; false stops the walk
 * @returns the place behind the array, or, where the walk was stopped, `undefined`
 * @throws JsonSyntaxError, JsonDepthError
 */
export const walkArray = (
  bytes: Uint8Array,
  at: number,
  visit: (start: number, end: number) => boolean,
): number | undefined => {
  at = skipSpace(bytes, at + 1)
  if (bytes[at] === closeArray) return at + 1
  for (;;) {
    const end = endOfValue(bytes, at)
    if (!visit(at, end)) return undefined
    at = skipSpace(bytes, end)
    if (bytes[at] === closeArray) return at + 1
    if (bytes[at] !== comma) throw new JsonSyntaxError()
    at = skipSpace(bytes, at + 1)
  }
}

/**
 * Goes through the members of an object that is all there is.
 *
 * @param at the place of its brace
 * @param visit is given where a name begins and ends and where its value begins, and says where that ends;
 *   `undefined` stops the walk
 * @throws JsonSyntaxError, JsonDepthError
 */
export const walkObject = (
  bytes: Uint8Array,
  at: number,
  visit: (nameStart: number, nameEnd: number, valueStart: number) => number | undefined,
): void => {
  at = skipSpace(bytes, at + 1)
  if (bytes[at] !== closeObject) {
    for (;;) {
      if (bytes[at] !== quote) throw new JsonSyntaxError()
      const nameEnd = endOfString(bytes, at + 1)
      const behind = skipSpace(bytes, nameEnd)
      if (bytes[behind] !== colon) throw new JsonSyntaxError()
      const end = visit(at, nameEnd, skipSpace(bytes, behind + 1))
      if (end === undefined) return
      at = skipSpace(bytes, end)
      if (bytes[at] === closeObject) break
      if (bytes[at] !== comma) throw new JsonSyntaxError()
      at = skipSpace(bytes, at + 1)
    }
  }
  if (skipSpace(bytes, at + 1) !== bytes.length) throw new JsonSyntaxError()
}
