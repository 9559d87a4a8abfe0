import { once } from 'node:events'
import { connect } from 'node:net'
import { claimNextJobs, groupCommit, putChunk, succeedJob } from '@dsapi/db'
import type { JobId } from '@dsapi/queue'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { capturedLog } from './captured-log.ts'
import { bodyOf, type RunningApi, runApi } from './running-api.ts'

// An answer whose status has left already may still go wrong: the log and the counts say how it ended.

const { logger, lines } = capturedLog()
let api: RunningApi
beforeAll(async () => {
  api = await runApi({ logger, config: { metricsPort: 0 } })
})
afterAll(() => api.stop())

const printed = vi.spyOn(console, 'error')
const info = vi.spyOn(console, 'info')

const chunks = 60
/** More in all than sockets hold on the way. */
const rows = '1,1,0,0.5,0.5\n'.repeat(15_000)

/** Waits until the server takes requests again: to write so much keeps this process, and so the server, busy. */
const whenIdle = () =>
  waitFor(async () => {
    const response = await fetch(`${api.url}/jobs`, { headers: { 'x-api-key': api.key } })
    await response.text()
    return response.status === 200
  })

/** A batch that has succeeded, with a result of 12 MB. */
const finishedBatch = async (): Promise<JobId> => {
  await whenIdle()
  const response = await fetch(`${api.url}/jobs/batch`, {
    method: 'POST',
    headers: { 'x-api-key': api.key, 'content-type': 'application/x-ndjson' },
    body: '[1,1]\n',
  })
  const { id } = (await bodyOf(response)) as unknown as { id: JobId }
  const claimed = await claimNextJobs(api.db, { now: Date.now(), limit: 10 })
  const row = claimed.find((one) => one.id === id)
  if (row === undefined) throw new Error('the batch should have been waiting')
  for (let position = 0; position < chunks; position++) {
    const place = { jobId: id, part: 'output', position } as const
    await groupCommit(api.db, (db) => putChunk(db, place, { content: rows, now: Date.now() }))
  }
  const header = 'feature_a,feature_b,class,p_0,p_1,error'
  const counts = { rows: 15_000 * chunks, failed_rows: 0, header, chunks }
  const result = JSON.stringify({ model_version: '1-abc', ...counts })
  await succeedJob(api.db, row, { result, now: Date.now() })
  await whenIdle()
  return id
}

/** Begins a download and reads no further than its beginning. */
const beginning = async (path: string) => {
  const { port, hostname } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${api.key}\r\n\r\n`)
  const [data] = await once(socket, 'data')
  socket.pause()
  expect(String(data)).toMatch(/^HTTP\/1\.1 200 /)
  return socket
}

const lineOf = async (path: string) => {
  const find = () => lines().find(({ msg }) => msg === `GET ${path}`)
  await waitFor(() => find() !== undefined)
  return find()
}

const countOf = async (route: string, status: number) => {
  const text = await (await fetch(api.metricsUrl ?? '')).text()
  const series = `dsapi_http_requests_total{method="GET",route="${route}",status="${status}"} `
  return Number(text.split(series)[1]?.split('\n')[0] ?? 0)
}

test('a download that the client breaks off is no success, and prints nothing', async () => {
  const path = `/jobs/${await finishedBatch()}/result`
  const socket = await beginning(path)
  socket.destroy()
  expect(await lineOf(path)).toMatchObject({ level: 30, status: 499 })
  expect(await countOf('/jobs/:id/result', 499)).toBe(1)
  expect(await countOf('/jobs/:id/result', 200)).toBe(0)
  expect(lines().filter(({ level }) => Number(level) >= 40)).toEqual([])
})

test('a download whose rows go away meanwhile breaks off, with a line that says why', async () => {
  const id = await finishedBatch()
  const path = `/jobs/${id}/result`
  const socket = await beginning(path)
  await api.db.deleteFrom('job_chunks').where('job_id', '=', id).execute()
  const closed = once(socket, 'close')
  socket.resume()
  await closed
  expect(await lineOf(path)).toMatchObject({ status: 410 })
  const requestId = (await lineOf(path))?.requestId
  const said = lines().filter((line) => line.requestId === requestId && line.level === 50)
  expect(said).toMatchObject([
    { msg: 'A response was aborted', err: { message: expect.stringContaining('was deleted') } },
  ])
  expect(await countOf('/jobs/:id/result', 410)).toBe(1)
})

test('a download of rows that are not there at all is answered as an error', async () => {
  const id = await finishedBatch()
  await api.db.deleteFrom('job_chunks').where('job_id', '=', id).execute()
  await whenIdle()
  const response = await fetch(`${api.url}/jobs/${id}/result`, {
    headers: { 'x-api-key': api.key },
  })
  expect(response.status).toBe(410)
  expect(await bodyOf(response)).toMatchObject({ code: 'gone' })
})

test('a whole download is a success', async () => {
  const path = `/jobs/${await finishedBatch()}/result`
  const response = await fetch(api.url + path, { headers: { 'x-api-key': api.key } })
  expect((await response.text()).length).toBeGreaterThan(rows.length * chunks)
  expect(await lineOf(path)).toMatchObject({ status: 200 })
  expect(await countOf('/jobs/:id/result', 200)).toBe(1)
})

test('a stream of events that the client leaves before the end is counted as that', async () => {
  await whenIdle()
  const response = await fetch(`${api.url}/predict-slow`, {
    method: 'POST',
    headers: { 'x-api-key': api.key },
    body: '{"feature_a":1,"feature_b":1}',
  })
  const path = `/jobs/${(await bodyOf(response)).id}/events`
  const socket = await beginning(path)
  socket.destroy()
  expect(await lineOf(path)).toMatchObject({ status: 499 })
})

test('nothing was printed past the log', () => {
  expect(printed).not.toHaveBeenCalled()
  expect(info).not.toHaveBeenCalled()
})
