import type { FitProgress } from '@dsapi/model'
import { startProgress } from '../../../terminal/progress.ts'

/** The gap at which a fit ends, as a share of the objective: the default of `LogisticRegression`. */
const lastGap = 1e-12

/** One of several fits. */
type Part = { readonly name: string; readonly index: number; readonly count: number }

/** Shows the steps of a fit that takes long. Each step divides the gap to the minimum, so that its logarithm is the way. */
export const startFitProgress = () => {
  const progress = startProgress('fitting')
  let firstGap: number | undefined
  let part: Part | undefined
  return {
    onIteration: ({ iteration, gap, objective }: FitProgress) => {
      const left = gap / objective
      firstGap ??= left
      const way = Math.log(firstGap / left) / Math.log(firstGap / lastGap)
      const share = Number.isFinite(way) ? Math.max(0, Math.min(1, way)) : 0
      const { name, index, count } = part ?? { name: '', index: 0, count: 1 }
      const detail = `step ${iteration}, ${left.toExponential(1)} of the objective to go`
      progress.update((index + share) / count, `${name}${detail}`)
    },
    /** The next of several fits begins. */
    next: (index: number, count: number) => {
      firstGap = undefined
      part = { name: `fold ${index + 1} of ${count}, `, index, count }
      progress.update(index / count, part.name)
    },
    end: progress.end,
  }
}
