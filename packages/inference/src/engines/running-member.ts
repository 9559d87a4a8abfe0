import { setTimeout as wait } from 'node:timers/promises'
import type { Batch } from '../batch.ts'
import { ModelFailedError } from '../model-failed-error.ts'
import type { Predictions } from '../predictions.ts'
import type { EngineMember } from './engine-member.ts'
import { readyInTime } from './ready-in-time.ts'

/** How fast a member that ended is started again. */
export type RestartLimits = {
  /** How long it may take until it is ready. */
  readonly startMs: number
  /** The pause before it is started again. Each further one is twice as long, up to the longest. */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
  /** After a member was ready for so long, the pauses begin anew. */
  readonly steadyMs: number
}

/** The place of one member, which is started again whenever it ends. */
export type RunningMember<Hello> = {
  readonly isReady: () => boolean
  /**
   * Computes a batch; one at a time, while it is ready. A member that takes longer than the limit is ended.
   *
   * @throws ModelFailedError when it is late or ends; what the member rejects with
   */
  readonly compute: (batch: Batch, timeLimitMs: number) => Promise<Predictions>
  /** Ends the member for good. Resolves when it has ended. */
  readonly close: () => Promise<void>
  /** What the first one reported. */
  readonly hello: Hello
}

type Listeners = {
  /** A member is ready again. */
  readonly onReady: () => void
  /** A member has ended, or did not become ready; another will be started. */
  readonly onEnded: (why: string) => void
}

/**
 * Starts a member and keeps it running.
 *
 * @throws Error when the first start fails
 */
export const keepRunning = async <Hello>(
  start: () => EngineMember<Hello>,
  { startMs, firstPauseMs, longestPauseMs, steadyMs }: RestartLimits,
  { onReady, onEnded }: Listeners,
): Promise<RunningMember<Hello>> => {
  const closing = new AbortController()
  const { signal } = closing
  let last = start()
  let ready: EngineMember<Hello> | undefined
  let whyEnded: string | undefined
  let giveUp: (error: Error) => void = () => {}
  let pauseMs = firstPauseMs

  /** Resolves when the member that is ready has ended. */
  const serve = async (member: EngineMember<Hello>) => {
    const since = performance.now()
    const how = await member.ended
    ready = undefined
    if (performance.now() - since >= steadyMs) pauseMs = firstPauseMs
    const why = whyEnded ?? `The engine ended: ${how}`
    whyEnded = undefined
    giveUp(new ModelFailedError(why))
    if (!signal.aborted) onEnded(why)
  }
  const startAgain = async () => {
    // It keeps no process alive: one that has nothing else to do needs no engine.
    await wait(pauseMs, undefined, { signal, ref: false }).catch(() => {})
    pauseMs = Math.min(2 * pauseMs, longestPauseMs)
    if (signal.aborted) return
    try {
      last = start()
      await readyInTime(last, startMs)
      ready = last
    } catch (error) {
      if (!signal.aborted) onEnded(error instanceof Error ? error.message : String(error))
    }
  }
  const keep = async () => {
    while (!signal.aborted) {
      if (ready !== undefined) await serve(ready)
      await startAgain()
      if (ready !== undefined) onReady()
    }
    if (ready !== undefined) await serve(ready)
  }

  const hello = await readyInTime(last, startMs)
  ready = last
  const kept = keep()
  return {
    hello,
    isReady: () => ready !== undefined,
    compute: (batch, timeLimitMs) =>
      new Promise<Predictions>((resolve, reject) => {
        if (ready === undefined) throw new Error('The member is not ready')
        const member = ready
        const timer = setTimeout(() => {
          const seconds = timeLimitMs / 1000
          whyEnded = `The model took longer than ${seconds} seconds for ${batch.nRows} rows`
          member.end()
        }, timeLimitMs)
        // No race with the end of the member: that would keep something of each batch until then.
        giveUp = (error) => {
          clearTimeout(timer)
          reject(error)
        }
        member
          .compute(batch)
          .then(resolve, reject)
          .finally(() => clearTimeout(timer))
      }),
    close: async () => {
      closing.abort()
      last.end()
      await kept
    },
  }
}
