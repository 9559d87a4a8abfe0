import { describe, expect, test } from 'vitest'
import { holdsKey, withoutKeys } from './keys-in-text.ts'

const secret = 'aB3dE6gH9'.repeat(5).slice(0, 38)
const key = `dsapi_${secret}`

const percent = (text: string) =>
  [...text].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('')

const times = (count: number, encode: (text: string) => string, text: string): string =>
  count === 0 ? text : times(count - 1, encode, encode(text))

describe('a text with a key', () => {
  test.each([
    ['as it is', `/x/${key}/y`],
    ['with its first letter encoded', `/x/%64sapi_${secret}`],
    ['with its first letter encoded twice', `/x/%2564sapi_${secret}`],
    ['with its first letter encoded six times', `/x/%252525252564sapi_${secret}`],
    ['encoded as a whole', `/x/${percent(key)}`],
    ['encoded as a whole three times', `/x/${times(3, percent, key)}`],
    ['encoded as a whole twenty times in a way', `/x/%${'25'.repeat(20)}64sapi_${secret}`],
    ['cut by a slash', `/x/dsapi_${secret.slice(0, 20)}/${secret.slice(20)}`],
    ['cut by an encoded slash', `/x/dsapi_${secret.slice(0, 20)}%2F${secret.slice(20)}`],
    ['cut in its prefix', `/x/dsa/pi_${secret}`],
    ['without its end', `/x/${key.slice(0, -6)}`],
    ['escaped as JSON has it', `/x/\\u0064sapi_${secret}`],
    ['in a query', `/x?key=${key}`],
    ['twice', `${key} ${key}`],
  ])('%s loses it', (_, text) => {
    expect(holdsKey(text)).toBe(true)
    const clean = withoutKeys(text)
    for (const part of [key, secret, secret.slice(0, 20), secret.slice(20)])
      expect(clean).not.toContain(part)
    expect(decodeURIComponent(clean)).not.toContain(secret.slice(0, 12))
  })

  test('keeps what is around it', () => {
    expect(withoutKeys(`GET /${key}?k=${key}`)).toBe('GET /dsapi_…?k=dsapi_…')
  })
})

test('a key of another form is found where it is named', () => {
  const other = 'PE1tlZti1TXJ9nTIri30+OnP'
  expect(withoutKeys(`/x/${other}`, other)).toBe('/x/…')
  expect(withoutKeys(`/x/PE1tlZti1TXJ9nTIri30%252BOnP`, other)).toBe('/x/…')
  expect(withoutKeys(`/x/${other}`)).toBe(`/x/${other}`)
  expect(withoutKeys('/x/1', '1')).toBe('/x/1')
})

test.each([
  ['as it is', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  ['with slashes and padding', 'whsec_//KQ9r8+/+qrTwjUPD8ILPZIo2LaLa=='],
  ['percent-encoded', percent('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')],
])('the secret of a webhook is found: %s', (_, secret) => {
  expect(withoutKeys(`/x?s=${secret}&y`)).toBe('/x?s=whsec_…&y')
  expect(holdsKey(secret)).toBe(true)
})

test.each([
  '/predict/feature_a/1.0/feature_b/1.0',
  '/predict/50%25/1/dsapi_jobs/2',
  'the database dsapi_production is away',
  'dsapi_predictions_unlogged_total',
  '100 % of %zz and %',
])('%j stays as it is', (text) => {
  expect(withoutKeys(text)).toBe(text)
  expect(holdsKey(text)).toBe(false)
})

test('a text that is encoded more often than anybody decodes is not written down', () => {
  expect(withoutKeys(`/x/${times(10, percent, 'd')}`)).toBe('/x/…')
})

test('the work grows with the length of a text alone', () => {
  const took = (text: string) => {
    const begun = process.threadCpuUsage() // Not what others do on a busy machine.
    withoutKeys(text)
    return process.threadCpuUsage(begun).user / 1000
  }
  const hostile = [
    '%25',
    '%',
    'dsapi_',
    'd/s/a/p/i/_/',
    'whsec_',
    'w/h/s/e/c/_/',
    '%2',
    `dsapi_${'a'.repeat(15)}`,
    '%%32%35',
  ]
  for (const piece of hostile) {
    const [once, eightTimes] = [20_000, 160_000].map((length) =>
      Math.min(...[1, 2, 3].map(() => took(piece.repeat(length / piece.length)))),
    )
    expect(eightTimes, piece).toBeLessThan(20 * once + 50)
  }
})
