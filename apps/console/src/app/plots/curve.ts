/** A line of a plot. A value that is not finite is a gap in it. */
export type Curve = {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
}
