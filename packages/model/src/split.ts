/** Which rows to train on and which to test on, by index. */
export interface Split {
  readonly train: Uint32Array
  readonly test: Uint32Array
}

/** The indices of the rows of each class, in ascending order. */
export function rowsByClass(codes: Uint32Array, nClasses: number): number[][] {
  const rows = Array.from({ length: nClasses }, (): number[] => [])
  for (const [row, code] of codes.entries()) rows[code].push(row)
  return rows
}
