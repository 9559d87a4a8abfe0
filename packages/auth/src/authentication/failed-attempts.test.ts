import { expect, test } from 'vitest'
import { createFailedAttempts } from './failed-attempts.ts'

const attempt = async (addresses: readonly string[]) => {
  const { slow } = createFailedAttempts(() => {})
  const counts: number[] = []
  for (const address of addresses) counts.push(await slow(address))
  return counts
}

test('each address is counted by itself', async () => {
  expect(await attempt(['10.0.0.1', '10.0.0.2', '10.0.0.1'])).toEqual([1, 1, 2])
})

test('addresses of one /64 of IPv6 are counted together, and those of another are not', async () => {
  const addresses = ['2001:db8:1:2::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:3::1']
  expect(await attempt(addresses)).toEqual([1, 2, 1])
})

test('addresses of IPv4 in the dress of IPv6 are counted each by itself', async () => {
  expect(await attempt(['::ffff:10.0.0.1', '::ffff:10.0.0.2'])).toEqual([1, 1])
})

test('a few failures cost nothing, many are made to wait', async () => {
  const { slow } = createFailedAttempts(() => {})
  const waited = async () => {
    const begun = performance.now()
    await slow('10.0.0.1')
    return performance.now() - begun
  }
  for (let i = 0; i < 15; i++) await slow('10.0.0.1')
  expect(await waited()).toBeGreaterThan(300)
})

test('a flood fills neither the memory with waiting refusals nor holds up one of them', async () => {
  const { slow } = createFailedAttempts(() => {})
  const counts = await Promise.all(Array.from({ length: 20_000 }, () => slow('10.0.0.1')))
  expect(counts.at(-1)).toBe(20_000)
})

test('a flood from one address is disconnected, and no other address is', async () => {
  const { slow } = createFailedAttempts(() => {})
  let disconnected = 0
  const disconnect = () => {
    disconnected++
  }
  const flood = Array.from({ length: 3000 }, () => slow('10.0.0.1', disconnect))
  expect(disconnected).toBeGreaterThan(2500)
  expect(disconnected).toBeLessThan(2700)
  const other = Array.from({ length: 100 }, () =>
    slow('10.0.0.2', () => {
      throw new Error('This address has not flooded anybody')
    }),
  )
  await Promise.all([...flood, ...other])
  const before = disconnected
  await slow('10.0.0.1', disconnect) // There are free places again.
  expect(disconnected).toBe(before)
})

test('an address that begins to be slowed is reported once', async () => {
  const reported: string[] = []
  const { slow } = createFailedAttempts((address) => reported.push(address))
  for (let i = 0; i < 13; i++) await slow('10.0.0.1')
  await slow('10.0.0.2')
  expect(reported).toEqual(['10.0.0.1'])
})
