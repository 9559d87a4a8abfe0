/**
 * The index of the first edge that a value is not above; the number of edges if it is above all.
 *
 * @param edges in ascending order
 */
export function firstNotBelow(edges: ArrayLike<number>, value: number): number {
  let from = 0
  let to = edges.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (edges[middle] < value) from = middle + 1
    else to = middle
  }
  return from
}
