import { expect, test } from 'vitest'
import { describeWithRedis, startRedis } from './redis.ts'
import { waitFor } from './wait-for.ts'

describeWithRedis('startRedis', () => {
  test('gives a server that can be killed and started again on the same port', async () => {
    const redis = await startRedis()
    const { url } = redis
    await redis.kill()
    await redis.start()
    expect(redis.url).toBe(url)
    await redis.stop()
  })
})

test('waitFor gives up after its time', async () => {
  await expect(waitFor(() => false, { timeout: 20 })).rejects.toThrow('Waited 20 ms in vain')
})
