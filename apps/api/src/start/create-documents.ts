import type { StoredModel } from '@dsapi/registry'
import type { Documents } from '../app-deps.ts'
import { loadManual, type Manual } from '../docs/manual/load-manual.ts'
import { documentOf } from '../openapi/build-document.ts'

/** The manual is read when it is first asked for; the OpenAPI document is made once for each served model. */
export const createDocuments = (describedModel: () => StoredModel): Documents => {
  let manual: Manual | undefined
  return {
    openApi: documentOf(describedModel),
    manual: () => (manual ??= loadManual()),
  }
}
