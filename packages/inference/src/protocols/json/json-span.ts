import { JsonSyntaxError } from '../dsapi-json/scan-json.ts'

/** Where a value stands in the bytes of a body. */
export type Span = { readonly start: number; readonly end: number }

/** The bytes of a text are not UTF-8. */
export class NotUtf8Error extends Error {}

// A byte order mark in the middle is a part of a text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a span. @throws NotUtf8Error */
export const textOf = (json: Uint8Array, { start, end }: Span): string => {
  try {
    return decoder.decode(json.subarray(start, end))
  } catch {
    throw new NotUtf8Error()
  }
}

/** Reads a value. @throws JsonSyntaxError, NotUtf8Error */
export const parseSpan = (json: Uint8Array, span: Span): unknown => {
  const text = textOf(json, span)
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonSyntaxError()
  }
}
