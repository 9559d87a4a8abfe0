import { describe, expect, test } from 'vitest'
import { storedModel } from '../../test/endpoint-requests.ts'
import { chooseVersion, exactly } from './choose-version.ts'

const version = (number: number) => ({ ...storedModel(), version: number, id: `default/${number}` })
const [served, canary, shadow] = [version(1), version(2), version(3)]

describe('the version that answers', () => {
  test('is the served one, and a shadow answers a copy', () => {
    expect(chooseVersion({ served, shadow })).toEqual({
      stored: served,
      instead: undefined,
      compared: shadow,
    })
  })

  test('is the canary for its share, with the served one behind it', () => {
    const versions = { served, canary: { model: canary, share: 0.1 } }
    expect(chooseVersion(versions, () => 0.0999)).toEqual({
      stored: canary,
      instead: served,
      compared: served,
    })
    expect(chooseVersion(versions, () => 0.1).stored).toBe(served)
  })

  test('comes in the long run as often as the share says', () => {
    const versions = { served, canary: { model: canary, share: 0.1 } }
    const steps = 1000
    let ofCanary = 0
    for (let step = 0; step < steps; step++) {
      if (chooseVersion(versions, () => step / steps).stored === canary) ofCanary++
    }
    expect(ofCanary).toBe(100)
  })

  test('is alone where the request names it', () => {
    expect(exactly(shadow)).toEqual({ stored: shadow, instead: undefined, compared: undefined })
  })
})
