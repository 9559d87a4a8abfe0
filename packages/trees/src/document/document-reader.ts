/** What stands at the place where a reader is. */
export type ValueKind = 'object' | 'array' | 'text' | 'number' | 'literal'

/**
 * Reads a document in one pass, by asking for what is expected at each place. Nothing is built that was not asked
 * for: a damaged or hostile file cannot make more objects than the model has parts, and each error knows its byte.
 *
 * JSON and UBJSON hold the same values, so both are read through this.
 */
export interface DocumentReader {
  /** The byte where the next value begins. */
  readonly offset: number
  /** Goes back to a value that was skipped before. */
  seek(offset: number): void
  peek(): ValueKind
  /** Gives each name of an object; its value has to be read, or skipped, before the next. */
  members(): Generator<string, void>
  /** Gives each index of an array; its value has to be read, or skipped, before the next. */
  elements(): Generator<number, void>
  /** Calls `member` with each name; it has to read the value, or skip it. */
  object(member: (name: string) => void): void
  /** Calls `element` with each index; it has to read the value, or skip it. */
  array(element: (index: number) => void): void
  text(): string
  number(): number
  /** An array of numbers, each rounded to float32. */
  floats(): Float32Array
  doubles(): Float64Array
  /** An array of whole numbers that fit into 32 bits. */
  integers(): Int32Array
  /** An array of numbers from -128 to 255; those below 0 stand for the byte with the same bits. */
  bytes(): Uint8Array
  /** An array of 0, 1, false and true. */
  flags(): Uint8Array
  /** Passes over the next value, whatever it is. */
  skip(): void
  /** Throws unless the document ends here. */
  end(): void
}

/** As deep as values may be nested, far more than any model is. */
export const MAX_DEPTH = 64
