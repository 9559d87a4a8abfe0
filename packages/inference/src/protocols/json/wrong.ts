/** What is wrong with what a client sent. Readers return it instead of throwing. */
export class Wrong {
  /** The member, such as `inputs[0].shape`; empty for the whole body. */
  readonly field: string
  /** What is wrong with it, without its name. */
  readonly message: string
  /** The whole sentence. */
  readonly text: string

  constructor(field: string, message: string, text = `"${field}" ${message}`) {
    this.field = field
    this.message = message
    this.text = text
  }

  /** What is wrong with the body as a whole. */
  static of(text: string): Wrong {
    return new Wrong('', text, text)
  }
}

/** The form of a body is right, and it has other columns than the model has features. */
export class WrongColumns extends Wrong {}
