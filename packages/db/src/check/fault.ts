/** Something in a database that should not be. */
export type Fault = {
  /** Stable, for programs. */
  readonly code: string
  /** What is wrong, as a heading for the names. */
  readonly what: string
  readonly mend: string
  readonly count: number
  /** Some of what has the fault. */
  readonly names: readonly string[]
}
