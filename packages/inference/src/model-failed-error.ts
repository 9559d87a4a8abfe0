/**
 * The model failed for rows that it should have answered: its code threw, took too long, ended, or answered with
 * something that is no prediction. The message is for the log, and not for the client that sent the rows.
 */
export class ModelFailedError extends Error {
  override readonly name = 'ModelFailedError'
  /** The place of the row that failed among those that the model was asked, where it is known. */
  readonly row: number | undefined

  constructor(message: string, row?: number) {
    super(message)
    this.row = row
  }
}
