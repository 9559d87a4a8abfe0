/** A file is no model that is served; the message says what it is, and how to export one. */
export class NotAModelError extends Error {
  override readonly name = 'NotAModelError'
  readonly code = 'not_a_model'
}
