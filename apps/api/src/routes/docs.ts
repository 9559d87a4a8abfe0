import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import { contentSecurityPolicy } from '../docs/assets.ts'
import { renderPage } from '../docs/render-page.ts'
import type { Env } from '../env.ts'
import { documentOf } from '../openapi/build-document.ts'

/** The OpenAPI document as a page on which requests can be tried. */
export const getDocs = (currentModel: () => StoredModel) => {
  const document = documentOf(currentModel)
  let rendered: { readonly of: object; readonly page: string } | undefined
  return (context: Context<Env>): Response => {
    const now = document()
    if (rendered?.of !== now) rendered = { of: now, page: renderPage(now) }
    context.header('cache-control', 'no-cache')
    context.header('content-security-policy', contentSecurityPolicy)
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'no-referrer')
    return context.html(rendered.page)
  }
}
