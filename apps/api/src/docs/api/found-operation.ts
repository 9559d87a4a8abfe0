import type { Method, OperationObject } from '../../openapi/document.ts'

/** An operation of the document, with where it stands there. */
export type FoundOperation = {
  readonly path: string
  readonly method: Method
  readonly operation: OperationObject
}
