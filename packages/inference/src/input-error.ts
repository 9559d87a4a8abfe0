type InputErrorFacts = {
  readonly isFinal?: boolean
  readonly row?: number | undefined
  readonly field?: string | undefined
}

/** The input cannot be predicted; the message is for its sender. Any other error is internal, and its message is not for
 * senders. */
export class InputError extends Error {
  override readonly name: string = 'InputError'
  /** Whether the same input would fail in the same way with any model, or at any other time. */
  readonly isFinal: boolean
  /** The place of the wrong row in its batch, from 0, where it is known. */
  readonly row: number | undefined
  /** The name of the feature whose value is wrong, where it is known; the message does not repeat it. */
  readonly field: string | undefined

  constructor(message: string, { isFinal = false, row, field }: InputErrorFacts = {}) {
    super(message)
    this.isFinal = isFinal
    this.row = row
    this.field = field
  }
}
