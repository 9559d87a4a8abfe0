import { describe, expect, test } from 'vitest'
import { readTrace } from './trace.ts'

const ids = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331'

describe('a traceparent', () => {
  test.each([
    ['of version 00', `00-${ids}-01`, `00-${ids}-01`],
    ['of a version to come', `01-${ids}-01`, `01-${ids}-01`],
    ['of one that goes on', `01-${ids}-01-more`, `01-${ids}-01`],
  ])('%s is taken over', (_, traceparent, taken) => {
    expect(readTrace({ traceparent }).traceparent).toBe(taken)
  })

  test.each([
    ['goes on in version 00', `00-${ids}-01-more`],
    ['was sent twice', `00-${ids}-01, 00-${ids}-01`],
    ['goes on without a dash', `01-${ids}-01x`],
    ['has the forbidden version', `ff-${ids}-01`],
    ['names no trace', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['names no span', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['is in capitals', `00-${ids.toUpperCase()}-01`],
    ['is empty', ''],
  ])('that %s is left out', (_, traceparent) => {
    expect(readTrace({ traceparent }).traceparent).toBeUndefined()
  })
})

describe('the id of a request', () => {
  test('that has a key in it is not taken over', () => {
    const id = `x-dsapi_${'a1'.repeat(19)}`
    expect(readTrace({ 'x-request-id': id }).requestId).not.toBe(id)
  })
})
