import { Marked, type Token, type Tokens } from 'marked'
import { Html, html } from '../html.ts'
import { createAnchors } from './anchors.ts'
import { resolveLink } from './links.ts'

/** A heading and the text below it, up to the next heading: what the search finds. */
export type Section = {
  readonly heading: string
  readonly anchor: string
  readonly text: string
}

export type ManualPage = {
  readonly page: string
  readonly title: string
  readonly body: Html
  readonly sections: readonly Section[]
}

const isParent = (token: Token): token is Token & { readonly tokens: Token[] } =>
  'tokens' in token && Array.isArray(token.tokens)

/** What a reader sees of some tokens, without marks. */
const plainText = (tokens: readonly Token[]): string =>
  tokens.map((token) => (isParent(token) ? plainText(token.tokens) : textOf(token))).join('')

const textOf = (token: Token): string => {
  if (token.type === 'list') {
    const { items } = token as Tokens.List
    return items.map((item) => plainText(item.tokens)).join(' ')
  }
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table
    return [header, ...rows].flatMap((row) => row.map((cell) => plainText(cell.tokens))).join(' ')
  }
  return 'text' in token && typeof token.text === 'string' ? token.text : ''
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'

const sectionsOf = (tokens: readonly Token[]): Section[] => {
  const anchorOf = createAnchors()
  const sections: { heading: string; anchor: string; text: string }[] = []
  for (const token of tokens) {
    if (isHeading(token)) {
      const heading = plainText(token.tokens)
      sections.push({ heading, anchor: anchorOf(heading), text: '' })
    } else {
      const section = sections.at(-1)
      const text = isParent(token) ? plainText(token.tokens) : textOf(token)
      if (section !== undefined) section.text += `${text} `
    }
  }
  return sections
}

const rendererOf = (page: string) => {
  const anchorOf = createAnchors()
  return new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const anchor = anchorOf(plainText(tokens))
        const level = `h${depth}`
        const text = this.parser.parseInline(tokens)
        return `<${level} id="${anchor}"><a class="anchor" href="#${anchor}">${text}</a></${level}>\n`
      },
      link({ href, tokens }) {
        const text = new Html(this.parser.parseInline(tokens))
        const target = resolveLink(page, href)
        if (target.kind === 'file') return html`<code>${text}</code>`.text
        return html`<a href="${target.address}">${text}</a>`.text
      },
      image({ href, text }) {
        const target = resolveLink(page, href)
        if (target.kind !== 'picture') return html`${text}`.text
        return html`<img src="${target.address}" alt="${text}">`.text
      },
      // Pages hold no HTML but comments; anything else is shown as text.
      html: ({ text }) => (text.startsWith('<!--') ? '' : html`${text}`.text),
    },
  })
}

/** Renders the Markdown of a page, and finds its sections. Links lead to where the page is served. */
export const renderMarkdown = (page: string, source: string): ManualPage => {
  const marked = rendererOf(page)
  const tokens = marked.lexer(source)
  const sections = sectionsOf(tokens)
  return {
    page,
    title: sections[0]?.heading ?? page,
    body: new Html(marked.parser(tokens)),
    sections,
  }
}
