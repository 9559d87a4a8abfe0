import { median } from './report.ts'

export type Contestant = { readonly name: string; readonly measure: () => Promise<number> }

/** Measures each candidate in turn, round after round, after a warm-up round. Returns the median of each. */
export const inTurns = async (
  contestants: readonly Contestant[],
  rounds: number,
): Promise<readonly { readonly name: string; readonly figure: number }[]> => {
  const figures = contestants.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { measure }] of contestants.entries()) {
      const figure = await measure()
      if (round > 0) figures[index].push(figure)
    }
  }
  return contestants.map(({ name }, index) => ({ name, figure: median(figures[index]) }))
}
