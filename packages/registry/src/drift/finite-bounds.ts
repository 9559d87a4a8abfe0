import type { StabilityBin } from '@dsapi/model'

type Bounds = Pick<StabilityBin, 'lower' | 'upper'>

/** The bounds of a bin that are finite. JSON has no infinite numbers, so the outer bins lack a bound there. */
export const finiteBounds = ({ lower, upper }: Bounds): Partial<Bounds> => ({
  ...(Number.isFinite(lower) && { lower }),
  ...(Number.isFinite(upper) && { upper }),
})
