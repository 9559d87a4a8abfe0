import type { Batch } from '../batch.ts'
import type { Predictions } from '../predictions.ts'

/**
 * One thread or process that computes. It becomes ready, answers one batch at a time, and ends. It is made by a
 * transport: `startThread`, `forkProcess`, or a package's own.
 */
export type EngineMember<Hello> = {
  /** What it reports of the model once it can compute. Rejects when it cannot, with why and what to do. */
  readonly ready: Promise<Hello>
  /** Computes a batch. Rejects when the model's code fails; the member goes on. */
  readonly compute: (batch: Batch) => Promise<Predictions>
  /** Ends it at once, whatever it does. */
  readonly end: () => void
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>
}
