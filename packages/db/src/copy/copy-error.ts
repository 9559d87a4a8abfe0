export type CopyErrorCode =
  /** Somebody writes to the source, or works off its jobs. */
  | 'source_in_use'
  /** The target holds something that no copy from this source has put there, or somebody has it open. */
  | 'target_in_use'
  /** The target has begun to be a copy of another database. */
  | 'other_source'
  /** The target holds what came after the state of its source that this one is. */
  | 'older_source'

/** A database cannot be copied; the message says why and what to do. The source is as it was. */
export class CopyError extends Error {
  override readonly name = 'CopyError'
  readonly code: CopyErrorCode

  constructor(code: CopyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
