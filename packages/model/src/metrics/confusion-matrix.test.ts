import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/metrics.json' with { type: 'json' }
import { confusionMatrix } from './confusion-matrix.ts'

describe('confusionMatrix', () => {
  it.each([...reference.binary, ...reference.multiclass])(
    "is scikit-learn's, $confusion",
    ({ yTrue, yPredicted, confusion }) => {
      expect(confusionMatrix<number | string>(yTrue, yPredicted).counts).toEqual(confusion)
    },
  )

  it('has a row for a class that was only predicted', () => {
    expect(confusionMatrix(['b', 'b'], ['b', 'a'])).toEqual({
      classes: ['a', 'b'],
      counts: [
        [0, 0],
        [1, 1],
      ],
    })
  })
})
