import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/sample-without-replacement.json' with { type: 'json' }
import { RandomState } from './random-state.ts'
import { sampleWithoutReplacement } from './sample-without-replacement.ts'

describe('sampleWithoutReplacement', () => {
  it.each(reference.cases)(
    'draws what scikit-learn draws: $count of $population',
    ({ population, count, seed, drawn }) => {
      const sample = sampleWithoutReplacement(population, count, new RandomState(seed))
      expect(Array.from(sample)).toEqual(drawn)
    },
  )
})
