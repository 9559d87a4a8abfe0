import { connect } from 'node:net'
import { disableKey, rotateKey } from '@dsapi/auth'
import { describeWithRedis, startRedis, waitFor } from '@dsapi/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bodyOf, type RunningApi, runApi } from './running-api.ts'

// What a request must bring to get past the door, tried over bare sockets where a well-behaved client
// would not send it.

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

const path = '/predict/feature_a/1.0/feature_b/1.0'

const ask = (headers: Record<string, string>, at = api, method = 'GET') =>
  fetch(at.url + path, { headers, method })

let callers = 1

/** Each caller comes from an address of its own, so that none has to wait for another's failures. */
const nextAddress = () => `127.1.${callers >> 8}.${callers++ & 255}`

/** Sends lines as they are and gives the status of the answer; NaN if the server hung up without. */
const statusOf = async (lines: readonly (string | Buffer)[]): Promise<number> => {
  const { hostname, port } = new URL(api.url)
  const socket = connect({ port: Number(port), host: hostname, localAddress: nextAddress() })
  socket.on('error', () => {}) // The server hangs up on what it will not read.
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n`)
  for (const line of lines) {
    socket.write(line)
    socket.write('\r\n')
  }
  socket.write('\r\n')
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString('latin1')
  })
  await new Promise((resolve) => socket.once('close', resolve))
  return Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1])
}

describe('the key', () => {
  test('opens the door in X-API-Key, as a Bearer token, and as both', async () => {
    for (const headers of [
      { 'x-api-key': api.key },
      { authorization: `Bearer ${api.key}` },
      { 'x-api-key': api.key, authorization: `bearer ${api.key}` },
    ]) {
      expect((await ask(headers)).status).toBe(200)
    }
  })

  test('opens nothing when two different ones come, though both are right', async () => {
    const headers = { 'x-api-key': api.key, authorization: `Bearer ${api.otherKey}` }
    const response = await ask(headers)
    expect(response.status).toBe(401)
    expect(await bodyOf(response)).toMatchObject({ message: 'Invalid API Key' })
  })

  test.each(['X-API-Key: ', 'Authorization: Bearer '])(
    'opens nothing when %s is sent twice, even with the same key',
    async (name) => {
      expect(await statusOf([name + api.key])).toBe(200)
      expect(await statusOf([name + api.key, name + api.key])).toBe(401)
      expect(await statusOf([name + api.key, `${name}x`])).toBe(401)
      expect(await statusOf([`${name}x`, name + api.key])).toBe(401)
    },
  )

  test.each([
    ['20 kilobytes', 'x'.repeat(20_000), 431],
    ['15 kilobytes', 'x'.repeat(15_000), 401],
    ['a tab within', 'a\tb', 401],
    ['a zero byte', 'a\u0000b', 400],
    ['an escape', '\u001b[31m', 400],
    ['a bare line feed', 'a\nb', 400],
    ['SQL', "' OR '1'='1' --", 401],
    ['a format string', '%s%n%x', 401],
    ['bytes beyond ASCII', Buffer.from([0xff, 0xfe]).toString('latin1'), 401],
  ])('that is %s is refused and nothing else happens', async (_, text, status) => {
    expect(await statusOf([Buffer.from(`X-API-Key: ${text}`, 'latin1')])).toBe(status)
    expect((await ask({ 'x-api-key': api.key })).status).toBe(200)
  })

  test('that is a megabyte is refused, though the server hangs up before it has read it', async () => {
    const megabyte = `X-API-Key: dsapi_${'a'.repeat(1_000_000)}`
    expect([431, Number.NaN]).toContain(await statusOf([megabyte]))
    expect((await ask({ 'x-api-key': api.key })).status).toBe(200)
  })

  test('whose letters only look like those of the right one is refused', async () => {
    const lookAlike = Buffer.from(`X-API-Key: ${api.key.replace('a', 'а')}`)
    expect(await statusOf([lookAlike])).toBe(401)
  })

  test('of any bytes never gives anything but 200, 400 or 401', async () => {
    const bytes = fc.uint8Array({ maxLength: 100 })
    const headers = fc.constantFrom('X-API-Key: ', 'Authorization: ', 'Authorization: Bearer ')
    await fc.assert(
      fc.asyncProperty(headers, bytes, async (name, value) => {
        const line = Buffer.concat([Buffer.from(name), value])
        // Two line ends would end the headers, and the rest would be another request.
        fc.pre(!line.includes('\r') && !line.includes('\n'))
        expect([400, 401]).toContain(await statusOf([line]))
      }),
      { numRuns: 200 },
    )
  })
})

describe('wrong keys', () => {
  test('however many, do not keep the right one out of the same address', async () => {
    const wrong = Array.from({ length: 300 }, (_, i) => ask({ 'x-api-key': `wrong${i}` }))
    for (let i = 0; i < 20; i++) expect((await ask({ 'x-api-key': api.key })).status).toBe(200)
    for (const response of await Promise.all(wrong)) expect(response.status).toBe(401)
  })

  test('are not answered sooner because many of them are sent over one connection', async () => {
    const { hostname, port } = new URL(api.url)
    const localAddress = nextAddress()
    const socket = connect({ port: Number(port), host: hostname, localAddress })
    let answers = 0
    socket.setEncoding('latin1').on('data', (text: string) => {
      answers += text.split('HTTP/1.1 401').length - 1
    })
    socket.on('error', () => {}) // The server hangs up.
    const closed = new Promise((resolve) => socket.once('close', resolve))
    for (let i = 0; i < 3000; i++) {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nX-API-Key: wrong${i}\r\n\r\n`)
    }
    await closed
    expect(answers).toBeLessThan(1000)
    expect((await ask({ 'x-api-key': api.key })).status).toBe(200)
  })
})

describe('limits', () => {
  const takeAll = async (key: string, at = api) => {
    const answers = []
    for (let i = 0; i < 3; i++) answers.push(await ask({ 'x-api-key': key }, at))
    return answers
  }

  test('a key without limits has no headers about them', async () => {
    expect((await ask({ 'x-api-key': api.key })).headers.has('ratelimit')).toBe(false)
  })

  test('a rate is told in headers, and what is above it answers 429 with Retry-After', async () => {
    const { key } = await api.makeKey({ rate: { requests: 2, seconds: 3600 } })
    const [first, second, third] = await takeAll(key)
    expect(first.status).toBe(200)
    expect(first.headers.get('ratelimit-policy')).toBe('"rate";q=2;w=3600')
    expect(first.headers.get('ratelimit')).toBe('"rate";r=1;t=3600')
    expect(second.status).toBe(200)
    expect(third.status).toBe(429)
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(3500)
    expect(await bodyOf(third)).toMatchObject({
      code: 'rate_limited',
      message: 'Too many requests: this API Key has 2 in 3600 seconds',
    })
  })

  test('a daily quota is told in headers, and what is above it answers 429', async () => {
    const { key } = await api.makeKey({ dailyQuota: 2 })
    const [first, , third] = await takeAll(key)
    expect(first.headers.get('ratelimit-policy')).toBe('"day";q=2;w=86400')
    expect(third.status).toBe(429)
    expect(await bodyOf(third)).toMatchObject({
      message: 'Too many requests: this API Key has 2 a day',
    })
  })

  test('what the rate refuses does not count for the day', async () => {
    const { key } = await api.makeKey({ rate: { requests: 1, seconds: 3600 }, dailyQuota: 5 })
    const [first, , third] = await takeAll(key)
    expect(first.headers.get('ratelimit')).toBe(`"rate";r=0;t=3600, "day";r=4;t=${resetOf(first)}`)
    expect(third.headers.get('ratelimit')).toBe(`"rate";r=0;t=${resetOf(third, '"rate"')}`)
  })

  test('rotating a key gives it no second helping', async () => {
    const { key, stored } = await api.makeKey({ rate: { requests: 2, seconds: 3600 } })
    await takeAll(key)
    const successor = await rotateKey(api.db, stored.id, 60_000, {
      actor: 'cli:test',
      now: Date.now(),
    })
    expect((await ask({ 'x-api-key': successor.key })).status).toBe(429)
  })

  test('an error has the headers too', async () => {
    const { key } = await api.makeKey({ rate: { requests: 2, seconds: 3600 } })
    const response = await fetch(`${api.url}/no/such/path`, { headers: { 'x-api-key': key } })
    expect(response.status).toBe(404)
    expect(response.headers.get('ratelimit')).toBe('"rate";r=1;t=3600')
  })

  describeWithRedis('with Redis', () => {
    test('two servers have one bucket, and go on by themselves while Redis is away', async () => {
      const redis = await startRedis()
      onTestFinished(redis.stop)
      const first = await runApi({ config: { redisUrl: redis.url } })
      const second = await runApi({
        config: { redisUrl: redis.url, database: first.database },
      })
      onTestFinished(first.stop)
      onTestFinished(second.stop)

      // Both have reached Redis once a token taken at one is missing at the other.
      await waitFor(async () => {
        const { key } = await first.makeKey({ rate: { requests: 3, seconds: 3600 } })
        await ask({ 'x-api-key': key }, first)
        const { headers } = await ask({ 'x-api-key': key }, second)
        return headers.get('ratelimit')?.startsWith('"rate";r=1;') ?? false
      })

      const { key } = await first.makeKey({ rate: { requests: 2, seconds: 3600 } })
      expect((await ask({ 'x-api-key': key }, first)).status).toBe(200)
      expect((await ask({ 'x-api-key': key }, second)).status).toBe(200)
      expect((await ask({ 'x-api-key': key }, first)).status).toBe(429)

      await redis.kill()
      await waitFor(async () => (await ask({ 'x-api-key': key }, first)).status === 200)
    })

    test('a Redis that answers and refuses writes is no longer reported as shared or ready', async () => {
      const redis = await startRedis()
      onTestFinished(redis.stop)
      const one = await runApi({ config: { redisUrl: redis.url, metricsPort: 0 } })
      onTestFinished(one.stop)
      const reported = async () => {
        const metrics = await (await fetch(one.metricsUrl ?? '')).text()
        const { status } = (await (await fetch(`${one.url}/readyz`)).json()) as { status: string }
        return `${/^dsapi_rate_limits_shared (\d)$/m.exec(metrics)?.[1]} ${status}`
      }
      await waitFor(async () => (await reported()) === '1 ready')
      await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
      await redis.command('CONFIG', 'SET', 'maxmemory', '1')
      await waitFor(async () => (await reported()) === '0 degraded')
      await redis.command('CONFIG', 'SET', 'maxmemory', '0')
      await waitFor(async () => (await reported()) === '1 ready')
    })
  })
})

const resetOf = (response: Response, policy = '"day"') =>
  new RegExp(`${policy};r=\\d+;t=(\\d+)`).exec(response.headers.get('ratelimit') ?? '')?.[1]

test('a disabled key answers like an unknown one', async () => {
  const { key, stored } = await api.makeKey()
  await disableKey(api.db, stored.id, { actor: 'cli:test', now: Date.now() })
  // The process may have read the key in between, and knows of a change within a second.
  await waitFor(async () => (await ask({ 'x-api-key': key })).status === 401)
  expect(await bodyOf(await ask({ 'x-api-key': key }))).toMatchObject({ code: 'invalid_api_key' })
})
