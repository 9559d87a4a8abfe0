/**
 * A batch was not computed, and another try may succeed: too much waits already, no member was free in time, none is
 * running, or nobody wants the answer any more.
 */
export class EngineUnavailableError extends Error {
  override readonly name = 'EngineUnavailableError'
  readonly reason: 'busy' | 'notRunning' | 'closed' | 'aborted'

  constructor(reason: EngineUnavailableError['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}
