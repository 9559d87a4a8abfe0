/** A path through all points; where a value is not finite, the line has a gap. */
export const pathOf = (
  points: readonly (readonly [number, number])[],
  placeX: (value: number) => number,
  placeY: (value: number) => number,
): string => {
  let path = ''
  let isDown = false
  for (const [x, y] of points) {
    const [left, top] = [placeX(x), placeY(y)]
    if (!Number.isFinite(left) || !Number.isFinite(top)) {
      isDown = false
      continue
    }
    path += `${isDown ? 'L' : 'M'}${left.toFixed(2)} ${top.toFixed(2)}`
    isDown = true
  }
  return path
}
