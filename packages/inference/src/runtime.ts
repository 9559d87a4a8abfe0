import type { Batch } from './batch.ts'
import type { EngineState } from './engines/engine-context.ts'
import type { ModelInfo } from './model-info.ts'
import type { Predictions } from './predictions.ts'

/** What computes. It is asked for many rows; one row is a batch of one. */
export type ModelRuntime = {
  readonly info: ModelInfo
  /** Answers on the spot; absent where computing may take long. */
  readonly predictSync?: (batch: Batch) => Predictions
  /** @param signal aborted when nobody wants the answer any more */
  readonly predict: (batch: Batch, signal?: AbortSignal) => Promise<Predictions>
  /**
   * The probabilities or values of one row of numbers, on the spot: a shorter way to what `predictSync` answers to a
   * batch of one, for models that are so small that making the batch takes longer than computing.
   */
  readonly predictOne?: (row: readonly number[]) => readonly number[]
  /** Whether the engine can compute now; absent where no engine computes. */
  readonly state?: () => EngineState
  /** Lets go of what the model holds besides memory. */
  readonly close: () => Promise<void>
}
