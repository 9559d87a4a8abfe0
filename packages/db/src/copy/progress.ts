import type { Range } from './ranges.ts'

/** What a copy does, in this order: it looks through the source, compares what is in the target already, writes what
 * differs, and checks everything. */
export type CopyStage = 'read' | 'compare' | 'write' | 'check'

/** How far a stage has come. */
export type CopyProgress = {
  readonly stage: CopyStage
  readonly table: string
  readonly rows: number
  readonly allRows: number
  readonly bytes: number
  /** None in the first stage, which finds it out. */
  readonly allBytes: number | undefined
}

export type OnProgress = (progress: CopyProgress) => void

type Whole = { readonly rows: number; readonly bytes: number | undefined }

/** Counts the ranges that a stage is done with. */
export const stageOf = (stage: CopyStage, all: Whole, onProgress: OnProgress) => {
  let rows = 0
  let bytes = 0
  return (range: Range): void => {
    if (range.rows === 0) return
    rows += range.rows
    bytes += range.bytes
    const whole = { allRows: all.rows, allBytes: all.bytes }
    onProgress({ stage, table: range.table.name, rows, bytes, ...whole })
  }
}

export const sumOf = (ranges: readonly Range[]): { rows: number; bytes: number } => ({
  rows: ranges.reduce((sum, { rows }) => sum + rows, 0),
  bytes: ranges.reduce((sum, { bytes }) => sum + bytes, 0),
})
