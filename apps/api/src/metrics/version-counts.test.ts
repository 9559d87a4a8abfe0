import { expect, test } from 'vitest'
import { createVersionCounts } from './version-counts.ts'

const valuesOf = (counts: ReturnType<typeof createVersionCounts>, metric: string) =>
  counts.snapshots().find(({ name }) => name === metric)?.values ?? []

test('answers and failures of a version are counted apart, for requests and for copies', () => {
  const counts = createVersionCounts()
  const version = { name: 'churn', tag: '1-a' }
  counts.answered(version, 'request', 0.002)
  counts.failed(version, 'request')
  counts.answered(version, 'copy', 0.002)
  const labels = { model: 'churn', version: '1-a' }
  expect(valuesOf(counts, 'dsapi_model_requests_total')).toEqual([
    { labels: { ...labels, kind: 'request', outcome: 'answered' }, value: 1 },
    { labels: { ...labels, kind: 'request', outcome: 'failed' }, value: 1 },
    { labels: { ...labels, kind: 'copy', outcome: 'answered' }, value: 1 },
    { labels: { ...labels, kind: 'copy', outcome: 'failed' }, value: 0 },
  ])
})

test('of very many versions, those after the first hundred are counted together', () => {
  const counts = createVersionCounts()
  for (let version = 1; version <= 150; version++) {
    counts.answered({ name: 'churn', tag: `${version}-a` }, 'request', 0.002)
  }
  const answered = valuesOf(counts, 'dsapi_model_requests_total').filter(
    ({ labels }) => labels.outcome === 'answered',
  )
  expect(answered.length).toBe(101)
  expect(answered.at(-1)).toMatchObject({ labels: { model: 'other', version: 'other' }, value: 50 })
})
