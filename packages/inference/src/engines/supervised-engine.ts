import { checkShape, findNotFinite, notFinite } from '../check-predictions.ts'
import { InputError } from '../input-error.ts'
import { ModelFailedError } from '../model-failed-error.ts'
import type { Predictions } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import { type AskedBatch, askBatch } from './asked-batch.ts'
import type { EngineContext, EngineState } from './engine-context.ts'
import type { EngineMember } from './engine-member.ts'
import { EngineUnavailableError } from './engine-unavailable-error.ts'
import { gatherBatches, sliceRows } from './gather.ts'
import { keepRunning, type RestartLimits, type RunningMember } from './running-member.ts'
import { createWaitingBatches, type GatherLimits } from './waiting-batches.ts'

/** How an engine gathers, waits and restarts. */
export type EngineLimits = GatherLimits & RestartLimits

const usualLimits: EngineLimits = {
  gatheredRows: 10_000,
  gatheredBytes: 4 * 2 ** 20,
  waitingRows: 100_000,
  waitingBytes: 32 * 2 ** 20,
  startMs: 60_000,
  firstPauseMs: 100,
  longestPauseMs: 30_000,
  steadyMs: 5000,
}

type EngineOptions<Hello> = {
  /** Starts one member. It is called again for each that ended. */
  readonly start: () => EngineMember<Hello>
  /** How many members compute side by side. */
  readonly members: number
  readonly context: Pick<EngineContext, 'timeLimitMs' | 'onChange'>
  /** Those that differ from the usual ones. */
  readonly limits?: Partial<EngineLimits>
}

/** What a `ModelRuntime` needs of an engine, and what its members report of the model. */
export type SupervisedEngine<Hello> = Required<
  Pick<ModelRuntime, 'predict' | 'state' | 'close'>
> & { readonly hello: Hello }

/**
 * Starts an engine, and keeps it running.
 *
 * Each member computes one batch at a time. Batches that come in one turn of the event loop, or while all members compute,
 * go together as one when a member is free. Those that fail together are asked again once, each alone, so that one does not
 * fail the others. A member that takes longer than the time limit for a batch is ended, and another takes its place. A batch
 * also waits so long at most for a member.
 *
 * `predict` throws an InputError for rows that the model refuses, a ModelFailedError when it fails, and an EngineUnavailableError when another try may succeed.
 * `close` accepts nothing more, and ends the members after what they were sent is answered. `onChange` receives the
 * changes after the start.
 *
 * @throws Error when a member does not start the first time
 */
export const superviseEngine = async <Hello>({
  start,
  members: count,
  context: { timeLimitMs, onChange },
  limits: changed,
}: EngineOptions<Hello>): Promise<SupervisedEngine<Hello>> => {
  const limits = { ...usualLimits, ...changed }
  const computing = new Map<RunningMember<Hello>, Promise<void>>()
  let members: readonly RunningMember<Hello>[] = []
  let restarts = 0
  let lastError: string | undefined
  let isClosed = false
  let isSendingSoon = false

  const isReady = () => members.some((member) => member.isReady())
  const state = (): EngineState => ({
    isReady: isReady(),
    restarts,
    ...(lastError !== undefined && { lastError }),
  })
  const waiting = createWaitingBatches(limits, timeLimitMs, (asked) =>
    asked.reject(isReady() ? busy('no member was free in time') : notRunning(lastError)),
  )

  const sendNext = () => {
    const free = members.filter((member) => member.isReady() && !computing.has(member))
    for (const [index, member] of free.entries()) {
      const group = waiting.takeNext(free.length - index)
      if (group.length === 0) return
      const computed = computeGroup(member, group).finally(() => {
        computing.delete(member)
        sendNext()
      })
      computing.set(member, computed)
    }
  }
  /** Batches that come in one turn of the event loop go together, also when a member is free. */
  const sendSoon = () => {
    if (isSendingSoon) return
    isSendingSoon = true
    setImmediate(() => {
      isSendingSoon = false
      sendNext()
    })
  }
  const computeGroup = async (member: RunningMember<Hello>, group: readonly AskedBatch[]) => {
    const fail = (asked: AskedBatch, error: ModelFailedError | InputError) => {
      if (group.length === 1) asked.reject(error)
      else if (!asked.isDone()) waiting.add(asked, { alone: true })
    }
    try {
      const batch = gatherBatches(group.map((asked) => asked.batch))
      const predictions = await member.compute(batch, timeLimitMs)
      checkShape(predictions, batch.nRows)
      answerEach(group, predictions, fail)
    } catch (error) {
      for (const asked of group) fail(asked, toRowError(error))
    }
  }
  const accept = (asked: AskedBatch) => {
    if (isClosed) throw new EngineUnavailableError('closed', 'The model is served no longer')
    if (!waiting.fits(asked.batch)) sendNext()
    if (!waiting.fits(asked.batch)) throw busy('too many rows wait already')
    waiting.add(asked, { alone: false })
    sendSoon()
  }

  members = await startAll(count, () =>
    keepRunning(start, limits, {
      onReady: () => {
        onChange(state())
        sendNext()
      },
      onEnded: (why) => {
        restarts++
        lastError = why
        onChange(state())
      },
    }),
  )
  return {
    hello: members[0].hello,
    predict: (batch, signal) => askBatch(batch, signal, accept, waiting.remove),
    state,
    close: async () => {
      isClosed = true
      sendNext()
      while (computing.size > 0) await Promise.all(computing.values())
      for (const asked of waiting.takeAll()) asked.reject(notRunning(lastError))
      await Promise.all(members.map((member) => member.close()))
    },
  }
}

/** Answers each of the batches that were gathered, if its rows have finite numbers. */
const answerEach = (
  group: readonly AskedBatch[],
  predictions: Predictions,
  fail: (asked: AskedBatch, error: ModelFailedError) => void,
) => {
  let first = 0
  for (const asked of group) {
    const end = first + asked.batch.nRows
    const row = findNotFinite(predictions, first, end)
    if (row >= 0) fail(asked, notFinite(row - first))
    else asked.resolve(sliceRows(predictions, first, end))
    first = end
  }
}

/** Starts all members; if one cannot be started, the others are ended. */
const startAll = async <Hello>(count: number, keep: () => Promise<RunningMember<Hello>>) => {
  const starts = await Promise.allSettled(Array.from({ length: count }, keep))
  const started = starts.filter((start) => start.status === 'fulfilled').map(({ value }) => value)
  const failed = starts.find((start) => start.status === 'rejected')
  if (failed === undefined) return started
  await Promise.all(started.map((member) => member.close()))
  throw failed.reason
}

/** What the rows are to blame for stays an InputError. */
const toRowError = (error: unknown): ModelFailedError | InputError =>
  error instanceof ModelFailedError || error instanceof InputError
    ? error
    : new ModelFailedError(error instanceof Error ? error.message : String(error))

const busy = (why: string) => new EngineUnavailableError('busy', `The model is busy: ${why}`)

const notRunning = (lastError = 'it is being started') =>
  new EngineUnavailableError('notRunning', `The model's engine is not running: ${lastError}`)
