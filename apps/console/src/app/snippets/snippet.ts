import type { snippetLanguage } from '../state/settings.ts'

export type Language = (typeof snippetLanguage)['value']

/** One program in each language. The key is always read from the environment. */
export type SnippetSet = Readonly<Partial<Record<Language, string>>>

export const titles: Readonly<Record<Language, string>> = {
  curl: 'curl',
  python: 'Python',
  notebook: 'Notebook',
  r: 'R',
  javascript: 'JavaScript',
}
