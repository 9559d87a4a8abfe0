/** After so long other work gets its turn: a request waits for no more of it. */
const sliceMs = 1

/** Does work in steps, with other work of this thread in between. */
export const inSlices = async <T>(steps: Generator<void, T>): Promise<T> => {
  let end = performance.now() + sliceMs
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() < end) continue
    await new Promise<void>((resolve) => void setTimeout(resolve))
    end = performance.now() + sliceMs
  }
}
