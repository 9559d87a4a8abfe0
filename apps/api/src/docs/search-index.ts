import { type OpenApiDocument, operationsIn } from '../openapi/document.ts'
import { apiReferencePath } from './manual/links.ts'
import type { Manual } from './manual/load-manual.ts'

/** What the search knows of a place in the documentation. */
export type SearchEntry = {
  readonly page: string
  readonly heading: string
  readonly address: string
  readonly text: string
}

/** Enough of a section's text to be found by, and little enough to be loaded at once. */
const longestText = 1500

/** Lists all sections of the manual and all operations of the API. */
export const makeSearchIndex = (
  { pages }: Pick<Manual, 'pages'>,
  document: OpenApiDocument,
): readonly SearchEntry[] => [
  ...[...pages].flatMap(([address, { title, sections }]) =>
    sections.map(({ heading, anchor, text }) => ({
      page: title,
      heading,
      address: `${address}#${anchor}`,
      text: text.slice(0, longestText),
    })),
  ),
  ...operationsIn(document).map(({ method, path, operation }) => ({
    page: 'API',
    heading: operation.summary,
    address: `${apiReferencePath}#${operation.operationId}`,
    text: `${method.toUpperCase()} ${path} ${operation.description ?? ''}`,
  })),
]
