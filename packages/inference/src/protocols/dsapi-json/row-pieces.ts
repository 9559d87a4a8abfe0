import type { Batch } from '../../batch.ts'
import { BatchBuilder } from '../../batch-builder.ts'
import type { Feature } from '../../model-info.ts'
import type { Row } from '../../row.ts'

/** Rows in batches of some rows each, which can go to another thread. */
export type RowPieces = {
  readonly push: (row: Row) => void
  readonly pieces: () => readonly Batch[]
}

/**
 * @param rowsPerPiece rows in each piece but the last
 * @param firstRows for how many rows a piece has memory at first
 */
export const createRowPieces = (
  features: readonly Feature[],
  rowsPerPiece: number,
  firstRows: number,
): RowPieces => {
  const rows = Math.min(rowsPerPiece, firstRows)
  const full: Batch[] = []
  let piece = new BatchBuilder(features, 0)
  const close = () => {
    if (piece.nRows > 0) full.push(piece.batch())
  }
  return {
    push: (row) => {
      if (piece.nRows % rowsPerPiece === 0) {
        close()
        piece = new BatchBuilder(features, rows)
      }
      piece.add(row)
    },
    pieces: () => {
      close()
      piece = new BatchBuilder(features, 0)
      return full
    },
  }
}
