import { describe, expect, it } from 'vitest'
import { camelCaseKeys } from '../../test/camel-case.ts'
import { crc32OfDoubles } from '../../test/crc32.ts'
import reference from '../../test/reference/make-classification.json' with { type: 'json' }
import more from '../../test/reference/make-classification-more.json' with { type: 'json' }
import { ModelError } from '../errors.ts'
import { RandomState } from '../random/random-state.ts'
import type { MakeClassificationOptions } from './classification-options.ts'
import { makeClassification } from './make-classification.ts'

describe('makeClassification', () => {
  it.each(reference.cases)("draws scikit-learn's table for $kwargs", ({ kwargs, X, y }) => {
    expect(makeClassification(camelCaseKeys(kwargs))).toEqual({ X, y })
  })

  it.each(more.cases)("draws the bits of scikit-learn's table for $kwargs", (expected) => {
    const { X, y } = makeClassification(camelCaseKeys(expected.kwargs))
    expect(crc32OfDoubles(y)).toBe(expected.crcY)
    expect(crc32OfDoubles(X.flat())).toBe(expected.crcX)
  })

  it('has the defaults of scikit-learn', () => {
    const { X, y } = makeClassification()
    expect([X.length, X[0].length, y.length]).toEqual([100, 20, 100])
    expect(new Set(y)).toEqual(new Set([0, 1]))
  })

  it('draws on from a given generator', () => {
    const randomState = new RandomState(0)
    const first = makeClassification({ randomState })
    expect(first).toEqual(makeClassification({ randomState: 0 }))
    expect(makeClassification({ randomState })).not.toEqual(first)
  })

  it.each<[MakeClassificationOptions, string]>([
    [{ nSamples: 0 }, 'nSamples is 0; expected an integer of at least 1'],
    [{ nSamples: 1.5 }, 'nSamples is 1.5'],
    [{ nFeatures: 3 }, 'nInformative + nRedundant + nRepeated is 4; expected at most nFeatures, 3'],
    [{ nClasses: 3 }, 'nClasses * nClustersPerClass is 6; expected at most 2^nInformative, 4'],
    [{ weights: [0.1, 0.2, 0.3] }, 'weights has 3 entries; expected 2'],
    [{ weights: [-0.1] }, 'weights[0] is -0.1'],
    [{ weights: [0.7, 0.7] }, 'weights add up to 1.4'],
    [{ flipY: Number.NaN }, 'flipY is NaN; expected a finite number'],
    [{ classSep: Number.POSITIVE_INFINITY }, 'classSep is Infinity'],
    [{ shift: [1, 2] }, 'shift has 2 entries; expected one for each of 20 columns'],
    [{ nFeatures: 4, scale: [1, 2, Number.NaN, 4] }, 'scale[2] is NaN'],
    [{ randomState: -1 }, 'randomState is -1'],
  ])('refuses %o', (options, message) => {
    const draw = () => makeClassification(options)
    expect(draw).toThrow(ModelError)
    expect(draw).toThrow(message)
  })
})
