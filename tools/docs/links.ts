import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { renderMarkdown } from '@dsapi/api/reference'
import { marked } from 'marked'

type Pages = ReadonlyMap<string, string>

/** The anchors of a page's headings, as the server makes them. */
const anchorsOf = (source: string): ReadonlySet<string> =>
  new Set(renderMarkdown('', source).sections.map(({ anchor }) => anchor))

/** The targets of all links and pictures of a page. */
const linksOf = (source: string): readonly string[] => {
  const links: string[] = []
  marked.walkTokens(marked.lexer(source), (token) => {
    if (token.type === 'link' || token.type === 'image') links.push(String(token.href))
  })
  return links
}

/**
 * Looks for links that lead nowhere: to a file that is not there, or to a heading that its page does not have.
 * Links to other hosts are not followed.
 *
 * @param root the folder of the repository
 * @returns a line for each broken link
 */
export const findBrokenLinks = (pages: Pages, root: string): readonly string[] => {
  const anchors = new Map([...pages].map(([path, source]) => [path, anchorsOf(source)]))
  return [...pages].flatMap(([path, source]) =>
    linksOf(source)
      .filter((href) => !/^[a-z]+:/.test(href))
      .flatMap((href) => {
        const [file, anchor] = href.split('#')
        const target = file === '' ? path : posix.join(posix.dirname(path), file)
        if (!pages.has(target) && !existsSync(root + target))
          return [`${path}: ${href} leads to no file`]
        if (anchor === undefined || anchors.get(target)?.has(anchor)) return []
        return [`${path}: ${href} leads to no heading`]
      }),
  )
}

/** Files that git ignores: settings of a user, and runs of benchmarks. */
const ignored = new Set(['deploy/.env', 'bench/runs/'])

const repositoryPath = /^(?:apps|packages|tools|bench|deploy|docs)\/[\w./-]+$/

/** Finds paths of the repository that a page names as code, and that lead to no file. */
export const findMissingFiles = (pages: Pages, root: string): readonly string[] =>
  [...pages].flatMap(([page, source]) => {
    const named: string[] = []
    marked.walkTokens(marked.lexer(source), (token) => {
      if (token.type === 'codespan' && repositoryPath.test(token.text)) named.push(token.text)
    })
    return named
      .filter((path) => !ignored.has(path) && !existsSync(root + path))
      .map((path) => `${page}: ${path} is no file`)
  })
