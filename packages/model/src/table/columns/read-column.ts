import type { TextColumn } from '../../frame/text-column.ts'
import type { FormName } from './cell-forms.ts'

/** Cells that are no numbers in a column that otherwise has numbers. */
export interface StrangeCells {
  readonly count: number
  /** One of them, and its line in the file. */
  readonly text: string
  readonly line: number
}

/** What the cells of a column turned out to be. */
export type ColumnContent =
  | { readonly kind: 'number'; readonly form: FormName; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly texts: TextColumn }
  /** Numbers with some texts between them. */
  | { readonly kind: 'strange'; readonly strange: StrangeCells }
  /** More different texts than are kept. */
  | { readonly kind: 'many texts' }
  | { readonly kind: 'empty' }

/** A column of a table as it was read. */
export interface ReadColumn {
  readonly content: ColumnContent
  readonly nMissing: number
  /** How many different values there are, without the missing one; for `many texts`, at least so many. */
  readonly nDistinct: number
}
