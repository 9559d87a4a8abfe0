// What the files in deploy/ ask a running api or Prometheus for is what the api tells.

import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

const files = ['prometheus/alerts.yaml', 'grafana/dsapi.json']

let api: RunningApi

beforeEach(async () => {
  api = await runApi()
  return api.stop
})

const textOf = (file: string) =>
  readFileSync(new URL(`../../../deploy/${file}`, import.meta.url), 'utf8')

const unique = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, found]) => found)),
]

const metrics = async () => (await fetch(api.metricsUrl ?? '')).text()

test.each(files)('each metric in %s is told by the api', async (file) => {
  const asked = unique(textOf(file), /\b((?:dsapi|nodejs|process)_[a-z0-9_]+)/g)
  const told = unique(await metrics(), /^# TYPE (\S+)/gm)
  const known = told.flatMap((name) => [
    name,
    ...['_bucket', '_sum', '_count'].map((part) => name + part),
  ])
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.filter((name) => !known.includes(name))).toEqual([])
})

test('each route in them is one that requests are counted under', async () => {
  const asked = unique(files.map(textOf).join(), /route=~?\\?"([^"\\]+)/g).flatMap((routes) =>
    routes.split('|'),
  )
  const headers = { 'x-api-key': api.key }
  await fetch(`${api.url}/predict/feature_a/1/feature_b/1`, { headers })
  await fetch(`${api.url}/predict-slow`, { headers, method: 'POST', body: '{}' })
  await fetch(`${api.url}/jobs/batch`, { headers, method: 'POST', body: '' })
  const text = await metrics()
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.filter((route) => !text.includes(`route="${route}"`))).toEqual([])
})

test('the queue that workers are scaled by in Kubernetes is told by the api', async () => {
  const rule = textOf('kubernetes/monitoring/prometheus-adapter.yaml')
  const [name] = unique(rule, /seriesQuery: (\w+)/g)
  const [states] = unique(rule, /state=~"([^"]+)"/g)
  const text = await metrics()
  expect(states.split('|')).toEqual(['queued', 'running'])
  for (const state of states.split('|')) expect(text).toContain(`${name}{state="${state}"} 0`)
})

test('where Kubernetes asks how the api is, it answers', async () => {
  const paths = unique(textOf('kubernetes/api.yaml'), /httpGet:\s+path: (\S+)/g)
  expect(paths).toEqual(['/livez', '/readyz'])
  for (const path of paths) expect((await fetch(api.url + path)).status).toBe(200)
})
