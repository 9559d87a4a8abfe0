import { posix } from 'node:path'

/** Where the manual is served. */
export const manualPath = '/docs'

/** Where the API reference is served, which is made of the OpenAPI document. */
export const apiReferencePath = `${manualPath}/api`

/** The address of a page: `/docs/guides/keys-and-limits`. */
export const addressOf = (page: string): string =>
  page === 'README' ? manualPath : `${manualPath}/${page}`

export type Target =
  | { readonly kind: 'page' | 'picture' | 'elsewhere'; readonly address: string }
  /** A file of the repository that the server does not have. */
  | { readonly kind: 'file' }

/**
 * Finds out where a link of a page leads.
 *
 * @param page the page that has the link
 * @param href the link as it is written
 */
export const resolveLink = (page: string, href: string): Target => {
  if (/^[a-z]+:/.test(href)) return { kind: 'elsewhere', address: href }
  // The interactive reference is on a running server only, so its link is absolute.
  if (href.startsWith('/') || href.startsWith('#')) return { kind: 'page', address: href }
  const [path, anchor] = href.split('#')
  const target = posix.join(posix.dirname(page), path)
  if (target.startsWith('..')) return { kind: 'file' }
  if (/\.(svg|png)$/.test(target)) {
    return { kind: 'picture', address: `${manualPath}/${target}` }
  }
  if (!target.endsWith('.md')) return { kind: 'file' }
  const address = addressOf(target.replace(/\.md$/, ''))
  return { kind: 'page', address: anchor === undefined ? address : `${address}#${anchor}` }
}
