import { describe, expect, test, vi } from 'vitest'
import { storedModel } from '../../test/endpoint-requests.ts'
import { failsTooOften, watchCanaries } from './canary-watch.ts'

describe('a canary fails too often', () => {
  test.each([
    [
      'never with fewer than 20 requests',
      { answered: 0, failed: 19 },
      { answered: 9, failed: 0 },
      false,
    ],
    ['with 2 of 20', { answered: 18, failed: 2 }, { answered: 100, failed: 0 }, true],
    [
      'not with 1 of 20, which is five in a hundred',
      { answered: 19, failed: 1 },
      { answered: 100, failed: 0 },
      false,
    ],
    [
      'not when the served version fails as often',
      { answered: 10, failed: 10 },
      { answered: 50, failed: 50 },
      false,
    ],
    [
      'when nothing was served beside it',
      { answered: 0, failed: 20 },
      { answered: 0, failed: 0 },
      true,
    ],
  ])('%s', (_, canary, served, expected) => {
    expect(failsTooOften(canary, served)).toBe(expected)
  })
})

describe('the watch over canaries', () => {
  const version = (number: number) => ({ ...storedModel(), id: `default/${number}` })
  const [served, canary, other] = [version(1), version(2), version(3)]
  const versions = { served, canary: { model: canary, share: 0.5 } }

  test('reports a canary once, with the counts of both', () => {
    const onFailing = vi.fn()
    const watch = watchCanaries(onFailing)
    watch(versions, served, 'answered')
    for (let i = 0; i < 30; i++) watch(versions, canary, 'failed')
    expect(onFailing).toHaveBeenCalledExactlyOnceWith({
      canary,
      served,
      ofCanary: { answered: 0, failed: 20 },
      ofServed: { answered: 1, failed: 0 },
    })
  })

  test('begins anew with another canary', () => {
    const onFailing = vi.fn()
    const watch = watchCanaries(onFailing)
    for (let i = 0; i < 19; i++) watch(versions, canary, 'failed')
    watch({ ...versions, canary: { model: other, share: 0.5 } }, other, 'failed')
    expect(onFailing).not.toHaveBeenCalled()
  })

  test('counts nothing of versions that a request names, nor without a canary', () => {
    const onFailing = vi.fn()
    const watch = watchCanaries(onFailing)
    for (let i = 0; i < 30; i++) {
      watch(versions, other, 'failed')
      watch({ served }, served, 'failed')
    }
    expect(onFailing).not.toHaveBeenCalled()
  })
})
