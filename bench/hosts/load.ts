import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

/** The outcome of the requests so far. */
export type Counts = {
  readonly answered: number
  /** Unexpected answers by status, and requests without an answer by cause. */
  readonly failed: ReadonlyMap<string, number>
}

export type Load = {
  readonly counts: () => Counts
  /** The longest request since the last call, in milliseconds. */
  readonly slowestMs: () => number
  /** Lets each client finish what it has begun, and gives the ids of all jobs that were accepted. */
  readonly stop: () => Promise<readonly string[]>
}

/** How many begin a second, whether or not answers keep up (an open loop). */
const rates = { predictOne: 100, predictMany: 30, predictSlowly: 15 }

const timeoutMs = 20_000
const againAfterMs = 200
const latestMs = 200
const pollEveryMs = 250

const features = '{"feature_a":1,"feature_b":1}'
const instances = JSON.stringify({ instances: [[1, 1], [0.5, -2], { feature_a: 1, feature_b: 1 }] })

/** Starts to send requests, as good clients do. A slow prediction is sent again with the same Idempotency-Key until it is
 * accepted, and its result is asked for until it is there. */
export const startLoad = (url: string, key: string): Load => {
  let isOver = false
  let answered = 0
  let slowest = 0
  const failed = new Map<string, number>()
  const accepted: string[] = []

  const fail = (what: string) => {
    failed.set(what, (failed.get(what) ?? 0) + 1)
    return undefined
  }
  /** The answer, if it is an expected one. */
  const ask = async (path: string, init: RequestInit = {}) => {
    const begun = performance.now()
    try {
      const response = await fetch(url + path, {
        ...init,
        headers: { 'x-api-key': key, ...init.headers },
        signal: AbortSignal.timeout(timeoutMs),
      })
      const text = await response.text()
      const isNotReady = response.status === 404 && text.includes('"not_ready"')
      if (!response.ok && !isNotReady) return fail(`${response.status} ${codeOf(text)}`)
      answered++
      return { status: response.status, text }
    } catch (error) {
      return fail(reasonOf(error))
    } finally {
      slowest = Math.max(slowest, performance.now() - begun)
    }
  }

  const submit = async () => {
    const headers = { 'idempotency-key': randomUUID() }
    for (;;) {
      const answer = await ask('/predict-slow', { method: 'POST', headers, body: features })
      if (answer !== undefined) return (JSON.parse(answer.text) as { id: string }).id
      if (isOverdue()) throw new Error('A slow prediction was not accepted in a minute')
      await wait(againAfterMs)
    }
  }
  const operations = {
    predictOne: () => ask('/predict/feature_a/1.0/feature_b/1.0'),
    predictMany: () => ask('/predict', { method: 'POST', body: instances }),
    predictSlowly: async () => {
      const id = await submit()
      accepted.push(id)
      for (;;) {
        await wait(pollEveryMs)
        const answer = await ask(`/predict-slow/${id}`)
        if (answer?.status === 200 || isOverdue()) return
      }
    },
  }
  let deadline = Number.POSITIVE_INFINITY
  const isOverdue = () => performance.now() > deadline

  const under = new Set<Promise<void>>()
  const loops = Object.entries(rates).map(async ([name, rate]) => {
    const run = operations[name as keyof typeof operations]
    for (let next = performance.now(); !isOver; next += 1000 / rate) {
      // Requests that this process is late for are skipped, and not sent all at once.
      next = Math.max(next, performance.now() - latestMs)
      await wait(Math.max(0, next - performance.now()))
      const operation = run().then(() => void under.delete(operation))
      under.add(operation)
    }
  })
  return {
    counts: () => ({ answered, failed: new Map(failed) }),
    slowestMs: () => {
      const ms = slowest
      slowest = 0
      return ms
    },
    stop: async () => {
      isOver = true
      deadline = performance.now() + patienceMs
      await Promise.all(loops)
      await Promise.all(under)
      return accepted
    },
  }
}

/** After the last job was accepted, its result is asked for so long. */
const patienceMs = 60_000

/** The api's own word for an error; the proxy has none. */
const codeOf = (text: string) => /"code":"(\w+)"/.exec(text)?.[1] ?? 'from the proxy'

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.name
  // As undici calls it when the other side closes a connection over which a request was on its way.
  if ('code' in cause) return cause.code === 'UND_ERR_SOCKET' ? 'closed' : String(cause.code)
  return cause.message
}
