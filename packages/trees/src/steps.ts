/** Work in steps: between two of them, other work may be done. A step takes as long as a tree. */
export type Steps<T> = Generator<void, T, void>

/** Does all steps of some work. */
export const finish = <T>(steps: Steps<T>): T => {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
