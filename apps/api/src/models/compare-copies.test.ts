import { expect, test } from 'vitest'
import { storedModel } from '../../test/endpoint-requests.ts'
import { createVersionCounts } from '../metrics/version-counts.ts'
import { compareCopies } from './compare-copies.ts'

const stored = { ...storedModel(), tag: 'served' }
const compared = { ...storedModel(), tag: 'shadow' }
const row = { features: [1, 1], answer: { class: 1, class_probabilities: [0.25, 0.75] } }

const droppedIn = (counts: ReturnType<typeof createVersionCounts>) =>
  counts.snapshots().find(({ name }) => name === 'dsapi_model_copies_dropped_total')?.values

const copyThat = (answer: () => Promise<{ readonly rows: readonly (typeof row)[] }>) => ({
  ...{ stored, compared, tried: compared, rows: [row], answer },
})

test('no copy is begun before the answer has left, nor while the process is overloaded', async () => {
  const counts = createVersionCounts()
  let isOverloaded = false
  let begun = 0
  const compare = compareCopies({ counts, isOverloaded: () => isOverloaded, onError: () => {} })
  const copy = copyThat(async () => {
    begun++
    return { rows: [row] }
  })
  compare(copy)
  expect(begun).toBe(0)
  isOverloaded = true
  compare(copy)
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toBe(1)
  expect(droppedIn(counts)).toMatchObject([{ labels: { version: 'shadow' }, value: 1 }])
})

test('of copies that take long, only four are answered at a time', async () => {
  const counts = createVersionCounts()
  const compare = compareCopies({ counts, isOverloaded: () => false, onError: () => {} })
  const { promise, resolve } = Promise.withResolvers<{ rows: (typeof row)[] }>()
  for (let i = 0; i < 6; i++) compare(copyThat(() => promise))
  expect(droppedIn(counts)).toMatchObject([{ value: 2 }])
  resolve({ rows: [row] })
  await new Promise((done) => setImmediate(() => setImmediate(done)))
  compare(copyThat(() => promise))
  expect(droppedIn(counts)).toMatchObject([{ value: 2 }])
})
