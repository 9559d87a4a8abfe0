/** What was sent cannot be predicted; the message is meant for whoever sent it. Any other error is an internal one, whose
 * message may name what is none of their business. */
export class InputError extends Error {
  override readonly name: string = 'InputError'
  /** Whether the same input would fail in the same way with any model, or at any other time. */
  readonly isFinal: boolean

  constructor(message: string, { isFinal = false }: { readonly isFinal?: boolean } = {}) {
    super(message)
    this.isFinal = isFinal
  }
}
