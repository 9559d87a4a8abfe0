/** The input cannot be predicted; the message is for its sender. Any other error is internal, and its message is not for
 * senders. */
export class InputError extends Error {
  override readonly name: string = 'InputError'
  /** Whether the same input would fail in the same way with any model, or at any other time. */
  readonly isFinal: boolean

  constructor(message: string, { isFinal = false }: { readonly isFinal?: boolean } = {}) {
    super(message)
    this.isFinal = isFinal
  }
}
