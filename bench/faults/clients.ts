import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'

export type Clients = {
  /** Lets each client finish its request, and gives the ids that were answered with 202. */
  readonly stop: () => Promise<readonly string[]>
  /** Answers other than 202, by status: each was asked again. */
  readonly refusals: ReadonlyMap<number, number>
}

const pauseMs = 100
const retryMs = 100
const timeoutMs = 10_000

/**
 * Starts clients that behave as good ones do: each submits one job after another to any of the apis, and
 * says the same again, with the same Idempotency-Key, until it has been accepted.
 */
export const startClients = (urls: readonly string[], key: string, count: number): Clients => {
  const accepted: string[] = []
  const refusals = new Map<number, number>()
  let isOver = false

  const ask = async (idempotencyKey: string) => {
    const url = urls[Math.floor(Math.random() * urls.length)]
    const response = await fetch(`${url}/predict-slow`, {
      method: 'POST',
      headers: { 'X-API-Key': key, 'Idempotency-Key': idempotencyKey },
      body: '{"feature_a":1,"feature_b":1}',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body = (await response.json()) as { id: string }
    if (response.status === 202) return body.id
    refusals.set(response.status, (refusals.get(response.status) ?? 0) + 1)
    return undefined
  }

  const live = async () => {
    while (!isOver) {
      const idempotencyKey = randomUUID()
      let id: string | undefined
      while (id === undefined) {
        id = await ask(idempotencyKey).catch(() => undefined)
        if (id === undefined) await setTimeout(retryMs)
      }
      accepted.push(id)
      await setTimeout(pauseMs)
    }
  }

  const lives = Array.from({ length: count }, live)
  return {
    refusals,
    stop: async () => {
      isOver = true
      await Promise.all(lives)
      return accepted
    },
  }
}
