import type { PopulationStability } from '@dsapi/model'

/** The verdict on a feature; `unclear`: it may have moved, but chance alone moves so few values as far. */
export type Verdict = 'stable' | 'moderate' | 'shifted' | 'unclear'

/** The customary limits of the index (N. Siddiqi, "Credit Risk Scorecards", 2006). */
const moderate = 0.1
const shifted = 0.25

export const verdictOf = ({ psi, criticalValue }: PopulationStability): Verdict => {
  if (psi < moderate) return 'stable'
  if (psi <= criticalValue) return 'unclear'
  return psi > shifted ? 'shifted' : 'moderate'
}
