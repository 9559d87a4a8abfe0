/** What an engine is started with. */
export type EngineContext = {
  /** The model's name and version for people, such as `churn 3-9f86d081`. */
  readonly label: string
  /** How long a batch may take before the engine is ended and started again. */
  readonly timeLimitMs: number
  /** Receives what the engine writes to its standard output and error, a line at a time. */
  readonly onLine: (line: string) => void
  /** Receives each change: it became ready, or it ended and why. */
  readonly onChange: (state: EngineState) => void
}

/** Whether an engine can compute now. */
export type EngineState = {
  readonly isReady: boolean
  /** How often it was started again. */
  readonly restarts: number
  /** Why it ended the last time. */
  readonly lastError?: string
}
