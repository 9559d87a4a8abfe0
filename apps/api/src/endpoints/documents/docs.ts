import type { StoredModel } from '@dsapi/registry'
import type { Context, Handler } from 'hono'
import { renderApiPage } from '../../docs/api/render-api-page.ts'
import { apiScript, contentSecurityPolicyOf, searchScript } from '../../docs/assets.ts'
import { loadManual, type Manual } from '../../docs/manual/load-manual.ts'
import { renderManualPage } from '../../docs/manual/render-manual-page.ts'
import { makeSearchIndex } from '../../docs/search-index.ts'
import type { Env } from '../../http/env.ts'
import { documentOf } from '../../openapi/build-document.ts'
import type { OpenApiDocument } from '../../openapi/document.ts'

type Docs = {
  /** A page of the manual or one of its pictures; what is neither goes on to the next handler. */
  readonly getPage: Handler<Env>
  readonly getApiReference: Handler<Env>
  readonly getSearchIndex: Handler<Env>
}

const answerPage = (context: Context<Env>, script: string, page: string) => {
  context.header('cache-control', 'no-cache')
  context.header('content-security-policy', contentSecurityPolicyOf(script))
  return context.html(page)
}

/** Makes something once for each OpenAPI document, which changes with the served model. */
const oncePerDocument = <T>(make: (document: OpenApiDocument) => T) => {
  let made: { readonly of: OpenApiDocument; readonly value: T } | undefined
  return (document: OpenApiDocument): T => {
    if (made?.of !== document) made = { of: document, value: make(document) }
    return made.value
  }
}

/** The manual and the API reference, rendered when they are first asked for. */
export const createDocs = (currentModel: () => StoredModel): Docs => {
  let loaded: Manual | undefined
  const manual = () => (loaded ??= loadManual())
  const document = documentOf(currentModel)
  const apiPage = oncePerDocument((document) => renderApiPage(document, manual().navigation))
  const index = oncePerDocument((document) => makeSearchIndex(manual(), document))

  return {
    getPage: (context, next) => {
      const address = context.req.path
      const page = manual().pages.get(address)
      if (page !== undefined) {
        return Promise.resolve(
          answerPage(context, searchScript, renderManualPage(manual(), address, page)),
        )
      }
      const picture = manual().pictures.get(address)
      if (picture === undefined) return next()
      context.header('content-type', picture.type)
      context.header('cache-control', 'no-cache')
      return Promise.resolve(context.body(picture.bytes))
    },
    getApiReference: (context) => answerPage(context, apiScript, apiPage(document())),
    getSearchIndex: (context) => {
      context.header('cache-control', 'no-cache')
      return context.json(index(document()))
    },
  }
}
