export type KeyErrorCode = 'unknown_key' | 'wrong_state' | 'more_scopes' | 'no_webhook_secret'

/** A key cannot be changed; the message says why. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
  readonly code: KeyErrorCode

  constructor(code: KeyErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
