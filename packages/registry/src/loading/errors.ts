/** A file names code to run, and nobody who may run code has added it. */
export class CodeRefusedError extends Error {
  override readonly name = 'CodeRefusedError'

  constructor(kind: string) {
    super(
      `A ${kind} model is code, which is never uploaded. The operator adds it on the server: dsapi model add --python module:function --name N`,
    )
  }
}
