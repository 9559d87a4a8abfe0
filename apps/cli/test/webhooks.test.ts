import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from '@dsapi/client'
import { waitFor } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { dsapi, generate, makeKey, ownEnvironment, serveHere, spawned } from './dsapi.ts'

/** A server that answers with one status after another, the last one for ever. */
const receive = async (...statuses: number[]) => {
  let count = 0
  const server = createServer((request, response) => {
    count++
    request.resume()
    response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 200) : statuses[0]).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, count: () => count }
}

const prepare = async () => {
  const env = {
    ...(await ownEnvironment()),
    ...{ DSAPI_SLOW_SECONDS: '0', DSAPI_WEBHOOK_HOSTS: '127.0.0.1' },
  }
  await generate(env)
  const { key, stored } = await makeKey(env)
  const webhooks = (...args: string[]) => dsapi(env, 'webhooks', ...args)
  return { env, key, id: stored.id, webhooks }
}

test('a worker sends webhooks, and the commands test, list and redeliver them', async () => {
  const { env, key, id, webhooks } = await prepare()
  const { url, count } = await receive(204, 500, 204)
  const worker = spawned(['worker'], env)
  await worker.says(/Waiting for jobs/)

  const secret = await webhooks('secret', id)
  expect(secret).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whsec_\S{32}\n$/) })
  const set = await dsapi(env, 'keys', 'set', id, '--webhook-url', url)
  expect(set).toMatchObject({ code: 0 })
  expect(await webhooks('test', id)).toMatchObject({
    ...{ code: 0, stderr: 'Delivered. The server answered with the status 204.\n' },
  })

  const client = createClient({ baseUrl: await serveHere(env), apiKey: key })
  const { id: jobId } = await client.submit({ feature_a: 1.3, feature_b: -3.2 })
  await waitFor(() => count() === 2)
  const listed = async () => {
    const [newest] = JSON.parse((await webhooks('list', '--json')).stdout)
    return newest
  }
  await waitFor(async () => (await listed()).last_status === 500)
  const delivery = await listed()
  expect(delivery).toMatchObject({ job_id: jobId, type: 'job.succeeded', state: 'pending' })
  await webhooks('redeliver', delivery.id)
  await waitFor(async () => (await listed()).state === 'delivered')
  expect((await webhooks('list', '--key', id)).stdout).toMatch(
    new RegExp(`${delivery.id}\\s+job.succeeded\\s+delivered\\s+2`),
  )
  await waitFor(() => worker.count(/Webhook delivered/g) === 2)
  expect(worker.count(/whsec_[A-Za-z0-9]/)).toBe(0)
})

test('what cannot be sent is refused with what to do', async () => {
  const { env, id, webhooks } = await prepare()
  const failed = async (...args: string[]) => {
    const { code, stderr } = await webhooks(...args)
    expect(code).toBe(1)
    return stderr
  }
  expect(await failed('test', id)).toContain('Name one with --url')
  expect(await failed('test', id, '--url', 'https://10.0.0.1')).toContain('must not be inside')
  expect(await failed('test', id, '--url', 'https://example.com')).toContain('webhooks secret')
  expect(await failed('redeliver', id)).toContain('There is no delivery with this id')
  expect(await failed('secret', 'nobody')).toContain('There is no key with this id')
  expect((await webhooks('list')).stderr).toBe('There are no such deliveries.\n')
  const set = (url: string) => dsapi(env, 'keys', 'set', id, '--webhook-url', url)
  expect((await set('https://10.0.0.1')).stderr).toContain('--webhook-url must not be inside')
  expect((await set('https://example.com')).stderr).toContain(
    '--webhook-url needs a webhook secret',
  )
})
