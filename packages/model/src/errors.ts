/** What kind of thing was wrong; stable, for programs. */
export type ModelErrorCode = 'invalid_option' | 'invalid_data' | 'invalid_csv' | 'invalid_model'

/** Where in the data it was, counted from 0; in a CSV file, the line counted from 1. */
export interface ModelErrorFacts {
  readonly row?: number
  readonly column?: number | string
  readonly line?: number
  /** The option with which the same would be accepted. */
  readonly option?: string
}

/** The only error this package throws: its message says what was wrong and what was expected. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: ModelErrorCode
  readonly facts: ModelErrorFacts

  constructor(code: ModelErrorCode, message: string, facts: ModelErrorFacts = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }
}
