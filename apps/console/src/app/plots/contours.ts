/** Line segments, each as x1, y1, x2, y2 in cells of the grid. */
export type Segment = readonly [number, number, number, number]

/** Which edges of a cell a line crosses, by which of its corners are above the level (bits: top left, top right, bottom right, bottom left). */
const crossings: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
]

/**
 * The lines where a grid of values crosses a level, by marching squares (Lorensen and Cline 1987, in two dimensions).
 *
 * @param values row by row
 */
export const contourOf = (
  values: ArrayLike<number>,
  width: number,
  height: number,
  level: number,
): Segment[] => {
  const segments: Segment[] = []
  const at = (x: number, y: number) => (values[y * width + x] ?? 0) - level
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)] as const
      const kind = corners.reduce((bits, value, bit) => (value > 0 ? bits | (1 << bit) : bits), 0)
      for (const [from, to] of crossings[kind] ?? []) {
        const [x1, y1] = crossingOf(from, corners)
        const [x2, y2] = crossingOf(to, corners)
        segments.push([x + x1, y + y1, x + x2, y + y2])
      }
    }
  }
  return segments
}

type Corners = readonly [number, number, number, number]

/** Where a line crosses an edge of a cell: 0 is the upper one, then clockwise. */
const crossingOf = (edge: number, [a, b, c, d]: Corners): readonly [number, number] => {
  if (edge === 0) return [share(a, b), 0]
  if (edge === 1) return [1, share(b, c)]
  if (edge === 2) return [share(d, c), 1]
  return [0, share(a, d)]
}

const share = (from: number, to: number) => (from === to ? 0.5 : from / (from - to))
