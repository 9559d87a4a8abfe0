/** Rows of numbers in pieces of typed memory, which costs eight bytes a number and can go to another thread. */
export type RowPieces = {
  readonly push: (row: readonly number[]) => void
  readonly pieces: () => readonly Float64Array<ArrayBuffer>[]
}

/**
 * @param width numbers a row
 * @param rowsPerPiece rows in each piece but the last
 */
export const createRowPieces = (width: number, rowsPerPiece: number): RowPieces => {
  const full: Float64Array<ArrayBuffer>[] = []
  let piece = new Float64Array(0)
  let at = 0
  const close = () => {
    if (at > 0) full.push(at === piece.length ? piece : piece.slice(0, at))
    at = 0
  }
  return {
    push: (row) => {
      if (at === piece.length) {
        close()
        piece = new Float64Array(width * rowsPerPiece)
      }
      for (let j = 0; j < width; j++) piece[at++] = row[j]
    },
    pieces: () => {
      close()
      piece = new Float64Array(0)
      return full
    },
  }
}
