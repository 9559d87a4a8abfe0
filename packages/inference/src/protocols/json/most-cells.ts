const cellsPerByte = 16
const freeCells = 2 ** 17

/**
 * How many cells the rows of a body may have: a feature that is absent from a row takes no place in the body, and as much
 * memory as any other.
 *
 * @param sent how many bytes the body has
 */
export const mostCells = (sent: number): number => freeCells + cellsPerByte * sent
