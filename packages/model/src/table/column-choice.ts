import type { Column } from '../frame/frame.ts'

/** What the values of a column are. */
export type ValueKind = 'number' | 'category' | 'boolean' | 'date' | 'text' | 'empty' | 'unread'

/** What becomes of a column of a table. */
export interface ColumnChoice {
  readonly name: string
  readonly kind: ValueKind
  /** Undefined for a column that was not kept. */
  readonly nMissing: number | undefined
  readonly nDistinct: number | undefined
  readonly use: ColumnUse
}

export type ColumnUse =
  | { readonly type: 'label' }
  | { readonly type: 'weight' }
  | { readonly type: 'left out'; readonly reason: string }
  /** A feature: a number, or encoded as categories. */
  | { readonly type: 'number' | 'categories'; readonly column: Column; readonly form: string }
