import type { Written } from '../protocol.ts'

/** Exactly so: KServe's client compares the whole header. */
export const jsonHeaders = { 'content-type': 'application/json' } as const

const encoder = new TextEncoder()

export const jsonAnswer = (value: unknown, status = 200): Written => ({
  status,
  headers: jsonHeaders,
  body: encoder.encode(JSON.stringify(value)),
})
