import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  demoKey,
  type Environment,
  generate,
  ownEnvironment,
  spawnDsapi,
  spawned,
} from './dsapi.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`

/** An api and a worker, and a key for them. */
const run = async (start: typeof spawned, settings: Environment = {}) => {
  const env = { ...(await ownEnvironment()), ...settings }
  await generate(env, { demoKeys: true })
  const api = start(['serve'], env)
  const url = await api.says(/Listening on (http:\S+?)"/)
  const metricsUrl = await api.says(/Metrics on (http:\S+?)"/)
  const worker = start(['worker'], env)
  const submit = (headers: Record<string, string> = {}) =>
    fetch(`${url}/predict-slow`, {
      method: 'POST',
      headers: { 'x-api-key': demoKey, ...headers },
      body: '{"feature_a": 1, "feature_b": 1}',
    })
  return { api, worker, url, metricsUrl, submit }
}

describe('a job', () => {
  let system: Awaited<ReturnType<typeof run>>
  let id: string

  beforeAll(async () => {
    system = await run(spawnDsapi)
    const response = await system.submit({ 'x-request-id': 'order-66', traceparent })
    id = ((await response.json()) as { id: string }).id
  })
  afterAll(async () => {
    for (const child of [system.api, system.worker]) {
      child.kill('SIGINT')
      await child.ended()
    }
  })

  test('has the id of its request in its lines of the log, as the request has', async () => {
    const line = await system.api.says(/({.*"msg":"POST \/predict-slow"})/)
    expect(JSON.parse(line)).toMatchObject({ requestId: 'order-66', traceId, status: 202 })
    for (const message of ['Job begun', 'Job computed']) {
      const said = await system.worker.says(new RegExp(`({.*"msg":"${message}"})`))
      expect(JSON.parse(said)).toMatchObject({ jobId: id, requestId: 'order-66', traceId })
    }
  })

  test('has the time that it has waited and run in the metrics', async () => {
    await system.worker.says(/Job computed/)
    const text = async () => (await fetch(system.metricsUrl)).text()
    const kind = 'kind="slow-prediction"'
    await waitFor(async () => (await text()).includes(`dsapi_job_wait_seconds_count{${kind}} 1`))
    const metrics = await text()
    expect(metrics).toContain(`dsapi_jobs_ended_total{${kind},state="succeeded"} 1`)
    expect(metrics).toContain(`dsapi_job_run_seconds_bucket{le="0.1",${kind},state="succeeded"} 0`)
    expect(metrics).toContain(`dsapi_job_run_seconds_bucket{le="10",${kind},state="succeeded"} 1`)
  })
})

type OtlpSpan = {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}
type OtlpBody = {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  }[]
}

/** A collector of traces, as OpenTelemetry's exporters find one. */
const collecting = async () => {
  const spans: OtlpSpan[] = []
  const server = createServer(async (request, response) => {
    const { resourceSpans } = (await json(request)) as OtlpBody
    spans.push(...resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)))
    response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans }
}

test('where a collector is named, a request and its job are one trace', async () => {
  const { endpoint, spans } = await collecting()
  const { url, submit } = await run(spawned, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  const predict = () =>
    fetch(`${url}/predict/feature_a/1/feature_b/1`, { headers: { 'x-api-key': demoKey } })
  // A busy machine may turn a request away.
  await waitFor(async () => (await submit({ traceparent })).status === 202)
  await waitFor(async () => (await predict()).status === 200)
  const named = (name: string) => spans.find((span) => span.name === name)
  const isThere = (name: string) => named(name) !== undefined
  await waitFor(() => isThere('process slow-prediction') && isThere('GET /predict/*'))
  const job = named('process slow-prediction')
  expect(job).toMatchObject({ traceId })
  const request = spans.find(({ spanId }) => spanId === job?.parentSpanId)
  const parentSpanId = 'b7ad6b7169203331'
  expect(request).toMatchObject({ name: 'POST /predict-slow', traceId, parentSpanId })
})

test('a process with more to do than it can turns away at once what waits for it', async () => {
  // Stands for work that leaves the process no time: a second and a half of it, when it is asked.
  const busy =
    'process.on("SIGUSR2", () => { const t = Date.now(); while (Date.now() - t < 1500); })'
  const { api, url, submit } = await run(spawned, {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(busy)}`,
  })
  await waitFor(async () => {
    api.kill('SIGUSR2')
    const response = await submit()
    await response.arrayBuffer()
    return response.status === 503 && response.headers.get('retry-after') === '1'
  })
  await waitFor(async () => (await submit()).status === 202)
  expect((await fetch(`${url}/jobs`, { headers: { 'x-api-key': demoKey } })).status).toBe(200)
})
