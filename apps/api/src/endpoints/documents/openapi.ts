import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { documentOf } from '../../openapi/build-document.ts'

/** The OpenAPI document, with the names and classes of the model that is served now. */
export const getDocument = (currentModel: () => StoredModel) => {
  const document = documentOf(currentModel)
  return (context: Context<Env>): Response => {
    context.header('x-model-version', currentModel().tag)
    context.header('cache-control', 'no-cache')
    return context.json(document())
  }
}
