import {
  type Database,
  every,
  groupCommit,
  insertPredictions,
  type NewPredictionRow,
  type OnError,
  oneAtATime,
  transactionId,
  wasCommitted,
} from '@dsapi/db'
import type { Prediction, Row } from '@dsapi/inference'
import { defaultModel } from '../model-name.ts'

/** What was predicted from what, for whom, and how long it took. */
export type LoggedPrediction = {
  /** Milliseconds since 1970 (UTC). */
  readonly at: number
  /** The owner of the key, never the key. */
  readonly ownerId: string
  readonly requestId: string
  /** On its own, or one row of a request for many. */
  readonly kind: 'single' | 'instances'
  /** The model's name; without it, `default`. */
  readonly modelName?: string
  /** The version's tag. */
  readonly model: string
  /** In the order of the model's features. */
  readonly features: Row
  readonly answer: Prediction
  /** How long the answer to the request took, all of its rows together. */
  readonly latencyMs: number
}

/** Keeps predictions, without making a request wait for the database or fail with it. */
export type PredictionLog = {
  readonly record: (prediction: LoggedPrediction) => void
  /** How many are not in the log, because there were too many to write. */
  readonly dropped: () => number
  /** Writes what is not written yet. */
  readonly flush: () => Promise<void>
  /** Writes the rest, or reports how many are lost. */
  readonly stop: () => Promise<void>
}

type LogOptions = {
  /** Is called when predictions could not be written; they are written later. */
  readonly onError: OnError
  /** Is called with the number of predictions that are not in the log, when the first is left out and at the end. */
  readonly onDropped: (count: number) => void
}

const flushEveryMs = 1000
/** How many may wait: some megabytes. More in a second, or while the database is locked, are dropped. */
export const mostUnwritten = 10_000
/** How many are written in one commit: a few milliseconds, in which nobody is answered. */
const rowsAtOnce = 500

/** Starts a log of predictions in the database. */
export const startPredictionLog = (
  db: Database,
  { onError, onDropped }: LogOptions,
): PredictionLog => {
  const unwritten: LoggedPrediction[] = []
  let dropped = 0

  /** The last commit, until it is known whether it was made: its answer may be lost with the connection. */
  let pending: { readonly id: string; readonly rows: number } | undefined

  const settlePending = async () => {
    if (pending === undefined) return
    const isCommitted = await wasCommitted(db, pending.id)
    if (isCommitted === undefined) throw new Error('The last commit of predictions is still open')
    if (isCommitted) unwritten.splice(0, pending.rows)
    pending = undefined
  }

  const write = async () => {
    await settlePending()
    for (let left = unwritten.length; left > 0; left -= rowsAtOnce) {
      const rows = unwritten.slice(0, Math.min(left, rowsAtOnce)).map(toRow)
      await groupCommit(db, async (transaction) => {
        const id = await transactionId(transaction)
        if (id !== undefined) pending = { id, rows: rows.length }
        await insertPredictions(transaction, rows)
      })
      pending = undefined
      unwritten.splice(0, rows.length)
    }
  }
  const flush = oneAtATime(write, onError)
  const loop = every(flushEveryMs, flush, onError)

  return {
    record: (prediction) => {
      if (unwritten.length < mostUnwritten) unwritten.push(prediction)
      else if (++dropped === 1) onDropped(dropped)
    },
    dropped: () => dropped,
    flush,
    stop: async () => {
      await loop.stop()
      await flush()
      if (dropped + unwritten.length > 0) onDropped(dropped + unwritten.length)
    },
  }
}

const toRow = (prediction: LoggedPrediction): NewPredictionRow => ({
  at: prediction.at,
  owner_id: prediction.ownerId,
  request_id: prediction.requestId,
  kind: prediction.kind,
  model: prediction.model,
  model_name: prediction.modelName ?? defaultModel,
  features: JSON.stringify(prediction.features),
  answer: JSON.stringify(prediction.answer),
  latency_us: Math.round(prediction.latencyMs * 1000),
})
