/** An option does not go with the file of a model, or the file needs one; the message says which and why. */
export class ModelOptionsError extends Error {
  override readonly name = 'ModelOptionsError'
}
