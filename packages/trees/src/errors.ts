/** What kind of thing was wrong; stable, for programs. */
export type TreesErrorCode =
  /** The file is damaged, cut, or contradicts itself. */
  | 'invalid_file'
  /** The bytes are no model that this package reads; the message says how to export one. */
  | 'unknown_format'
  /** A sound model that cannot be evaluated as its library would; the message says why. */
  | 'unsupported_model'
  /** The file leaves something open that only the caller can know. */
  | 'option_needed'
  | 'invalid_option'
  /** Rows of the wrong type or length, or an answer asked for that the model does not give. */
  | 'invalid_rows'

/** Where it was. Offsets are bytes from the start of the file; trees and nodes count from 0, lines from 1. */
export interface TreesErrorFacts {
  readonly offset?: number
  readonly line?: number
  readonly tree?: number
  readonly node?: number
  /** The option that the caller has to give, or has given wrongly. */
  readonly option?: string
}

/** The only error this package throws: its message says what was wrong and where, and what was expected. */
export class TreesError extends Error {
  override readonly name = 'TreesError'
  readonly code: TreesErrorCode
  readonly facts: TreesErrorFacts

  constructor(code: TreesErrorCode, message: string, facts: TreesErrorFacts = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }
}

/** An error about one byte of the file. */
export function brokenAt(offset: number, problem: string): TreesError {
  return new TreesError('invalid_file', `${problem} (byte ${offset} of the file).`, { offset })
}

/** An error about one tree, or one node of it. */
export function brokenTree(tree: number, problem: string, node?: number): TreesError {
  const place = node === undefined ? `tree ${tree}` : `node ${node} of tree ${tree}`
  const facts = node === undefined ? { tree } : { tree, node }
  return new TreesError('invalid_file', `${problem} (${place}).`, facts)
}
