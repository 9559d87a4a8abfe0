import type { Context } from 'hono'
import { contentSecurityPolicyOf } from '../../docs/assets.ts'
import type { Env } from '../../http/env.ts'
import type { OpenApiDocument } from '../../openapi/document.ts'

/** Answers with a page of HTML that may run this script alone. */
export const answerPage = (context: Context<Env>, script: string, page: string): Response => {
  context.header('cache-control', 'no-cache')
  context.header('content-security-policy', contentSecurityPolicyOf(script))
  return context.html(page) as Response
}

/** How the OpenAPI document describes such an answer. */
export const pageAnswer = {
  description: 'The page',
  headers: ['Content-Security-Policy', 'Cache-Control'],
  content: { 'text/html': { type: 'string' } },
} as const

/** Makes something once for each OpenAPI document, which changes with the served model. */
export const oncePerDocument = <T>(make: (document: OpenApiDocument) => T) => {
  let made: { readonly of: OpenApiDocument; readonly value: T } | undefined
  return (document: OpenApiDocument): T => {
    if (made?.of !== document) made = { of: document, value: make(document) }
    return made.value
  }
}
