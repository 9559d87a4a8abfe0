import type { Ask } from './ask.ts'
import { DsapiError } from './dsapi-error.ts'
import type { Features, SlowPrediction, Submitted } from './schemas.ts'
import type { CallOptions, Send } from './send.ts'
import { sleep } from './sleep.ts'

export type SubmitOptions = CallOptions & {
  /** The Idempotency-Key: a repeated request with the same one makes no second job. Random by default. */
  readonly idempotencyKey?: string
  /** Where the end of the job is reported. The key needs a webhook secret. */
  readonly webhookUrl?: string
}

/** Predictions that a worker computes. */
export type Slow = {
  /** Submits a slow prediction. When this resolves, the job is on the server's disk. */
  readonly submit: (features: Features, options?: SubmitOptions) => Promise<Submitted>
  /** Waits for a slow prediction, however long it takes. @throws DsapiError `prediction_failed`, `gone`, `not_found` */
  readonly wait: (id: string, options?: CallOptions) => Promise<SlowPrediction>
  /** Submits a slow prediction and waits for it. */
  readonly predictSlow: (features: Features, options?: SubmitOptions) => Promise<SlowPrediction>
}

/** How long the server may keep a request; proxies often close a connection after a minute. */
const heldSeconds = 30
/** The pause between two requests when the server does not hold them, for example while it stops. */
const pauseMs = 1000

/** 128 random bits. Browsers have `randomUUID` on secure pages only. */
export const drawKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

export const createSlow = (send: Send, { post }: Ask): Slow => {
  const submit: Slow['submit'] = (
    features,
    { idempotencyKey = drawKey(), webhookUrl, signal } = {},
  ) =>
    post('/predict-slow', features, {
      signal,
      headers: { 'idempotency-key': idempotencyKey, 'webhook-url': webhookUrl },
      repeatable: true, // The key makes it so.
    })

  const ask = (id: string, signal: AbortSignal | undefined) =>
    send(
      {
        method: 'GET',
        path: `/predict-slow/${encodeURIComponent(id)}`,
        headers: { prefer: `wait=${heldSeconds}` },
        signal,
        repeatable: true,
      },
      async (response) => (await response.json()) as SlowPrediction,
    )

  const wait: Slow['wait'] = async (id, { signal } = {}) => {
    for (;;) {
      const asked = Date.now()
      try {
        return await ask(id, signal)
      } catch (error) {
        if (!(error instanceof DsapiError && error.code === 'not_ready')) throw error
      }
      await sleep(Math.max(0, asked + pauseMs - Date.now()), signal)
    }
  }

  return {
    submit,
    wait,
    predictSlow: async (features, options) =>
      wait((await submit(features, options)).id, { signal: options?.signal }),
  }
}
