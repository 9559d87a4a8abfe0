import type { ColumnKind } from '../../frame/cell.ts'

/** A column that a step is given. */
export interface StepColumn {
  readonly name: string
  readonly kind: ColumnKind
}
