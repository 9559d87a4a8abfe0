import { marked, type Token, type Tokens } from 'marked'
import { resolveLink } from './links.ts'

export type NavigationGroup = {
  readonly title: string
  readonly entries: readonly { readonly title: string; readonly address: string }[]
}

const linksIn = (tokens: readonly Token[]): Tokens.Link[] =>
  tokens.flatMap((token) => {
    if (token.type === 'link') return [token as Tokens.Link]
    if (token.type === 'list') return linksIn((token as Tokens.List).items)
    return 'tokens' in token && Array.isArray(token.tokens) ? linksIn(token.tokens) : []
  })

/** Reads the table of contents out of the manual's first page: each second-level heading and the links below it. */
export const readNavigation = (source: string): readonly NavigationGroup[] => {
  const groups: { title: string; entries: { title: string; address: string }[] }[] = []
  for (const token of marked.lexer(source)) {
    if (token.type === 'heading' && (token as Tokens.Heading).depth === 2) {
      groups.push({ title: (token as Tokens.Heading).text, entries: [] })
    }
    if (token.type !== 'list') continue
    for (const { text, href } of linksIn([token])) {
      const target = resolveLink('README', href)
      if (target.kind === 'page')
        groups.at(-1)?.entries.push({ title: text, address: target.address })
    }
  }
  return groups.filter(({ entries }) => entries.length > 0)
}
