import { fork } from 'node:child_process'
import { request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { median, quantile } from '../report.ts'

const rows = 100_000
const bodies = 8
/** The number of concurrent bodies. */
const atOnce = 2

const body = JSON.stringify({
  instances: Array.from({ length: rows }, (_, i) => [(i % 997) / 100 - 5, (i % 1009) / 100 - 5]),
})

/** Sends a body and reads the whole answer as bytes, without parsing it. */
export const post = (url: string, key: string) =>
  new Promise<void>((resolve, reject) => {
    const headers = { 'X-API-Key': key, 'Content-Length': Buffer.byteLength(body) }
    const posted = request(`${url}/predict`, { method: 'POST', headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`It answered ${response.statusCode}`))
      response.on('data', () => {})
      response.on('end', resolve)
    })
    posted.on('error', reject)
    posted.end(body)
  })

/** Predicted rows a second over HTTP. */
export const rowsPerSecond = async (url: string, key: string): Promise<number> => {
  const begun = performance.now()
  let left = bodies
  const one = async () => {
    while (left-- > 0) await post(url, key)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return (rows * bodies) / ((performance.now() - begun) / 1000)
}

const others = 500

/** The milliseconds that single predictions take while large bodies are predicted without a pause. */
export const othersWhile = async (
  url: string,
  key: string,
): Promise<{ readonly median: number; readonly p99: number }> => {
  // In a process of its own, so that its reading of large answers does not count as delay of the server.
  const large = fork(new URL('./large-load.ts', import.meta.url), [url, key])
  await setTimeout(1000)
  const times: number[] = []
  for (let i = 0; i < others; i++) {
    const begun = performance.now()
    const path = '/predict/feature_a/1/feature_b/1'
    await (await fetch(url + path, { headers: { 'X-API-Key': key } })).arrayBuffer()
    times.push(performance.now() - begun)
    await setTimeout(5)
  }
  if (large.exitCode !== null) throw new Error('Large bodies were not answered')
  large.kill()
  return { median: median(times), p99: quantile(times, 0.99) }
}
