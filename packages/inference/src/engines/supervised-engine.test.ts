import { setImmediate, setTimeout } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type MemberData, row } from '../../test/engine-member.ts'
import { batchOfNumbers } from '../batch.ts'
import type { EngineState } from './engine-context.ts'
import type { EngineMember } from './engine-member.ts'
import { forkProcess } from './fork-process.ts'
import { startThread } from './start-thread.ts'
import { type EngineLimits, superviseEngine } from './supervised-engine.ts'

type Hello = { readonly width: number; readonly pid: number }
type Settings = {
  readonly data?: MemberData
  readonly members?: number
  readonly timeLimitMs?: number
  readonly limits?: Partial<EngineLimits>
}

const url = new URL('../../test/engine-member.ts', import.meta.url)
const transports = {
  thread: startThread<MemberData, Hello>,
  process: forkProcess<MemberData, Hello>,
}

/** An engine, its members in the order of their starts, the rows of each batch that they were sent, and what was reported. */
const startEngine = async (
  transport: keyof typeof transports,
  { data = {}, members: count = 1, timeLimitMs = 30_000, limits = {} }: Settings = {},
) => {
  const members: EngineMember<Hello>[] = []
  const sent: number[] = []
  const lines: string[] = []
  const changes: EngineState[] = []
  let nextStart = data
  const start = () => {
    const member = transports[transport]({
      url,
      data: nextStart,
      onLine: (line) => lines.push(line),
    })
    members.push(member)
    const compute: EngineMember<Hello>['compute'] = (batch) => {
      sent.push(batch.nRows)
      return member.compute(batch)
    }
    return { ...member, compute }
  }
  const engine = await superviseEngine({
    start,
    members: count,
    context: { timeLimitMs, onChange: (state) => changes.push(state) },
    limits: { firstPauseMs: 1, ...limits },
  })
  onTestFinished(engine.close)
  const ask = async (numbers: readonly number[], signal?: AbortSignal) => {
    const answer = await engine.predict(batchOfNumbers(Float64Array.from(numbers), 1), signal)
    return answer.type === 'values' ? [...answer.values] : []
  }
  const startWith = (changed: MemberData) => {
    nextStart = changed
  }
  return { ...engine, ask, members, sent, lines, changes, startWith }
}

const untilReady = async (state: () => EngineState) => {
  while (!state().isReady) await setTimeout(10)
}

/** The answer, or the message of the error. */
const outcome = (promise: Promise<unknown>) =>
  promise.then(
    (answer) => answer,
    (error: Error) => error.message,
  )

describe.each(['thread', 'process'] as const)('an engine in a %s', (transport) => {
  test('reports what it loaded, and computes', async () => {
    const { hello, ask, state } = await startEngine(transport, { data: { width: 7 } })
    expect(hello.width).toBe(7)
    expect(await ask([1, 2])).toEqual([2, 4])
    expect(state()).toEqual({ isReady: true, restarts: 0 })
  })

  test('that cannot load says why', async () => {
    const starting = startEngine(transport, { data: { failsToLoad: 'no such file' }, members: 2 })
    await expect(starting).rejects.toThrow('no such file')
  })

  test('that ends while it computes fails that batch, and is started again', async () => {
    const { ask, state, changes } = await startEngine(transport)
    await expect(ask([row.ends])).rejects.toMatchObject({
      name: 'ModelFailedError',
      message: expect.stringContaining('ended with 3'),
    })
    expect(await ask([1])).toEqual([2])
    expect(state()).toMatchObject({ isReady: true, restarts: 1 })
    expect(changes.map(({ isReady }) => isReady)).toEqual([false, true])
  })

  test('that computes without end is ended at its time limit, and started again', async () => {
    const { ask, state } = await startEngine(transport, { timeLimitMs: 1000 })
    await expect(ask([row.neverAnswers])).rejects.toThrow('took longer than 1 seconds for 1 rows')
    await untilReady(state)
    expect(await ask([1])).toEqual([2])
    expect(state()).toMatchObject({
      restarts: 1,
      lastError: expect.stringContaining('took longer'),
    })
  })

  test('that is killed from outside in the middle is started again', async () => {
    const { ask, members } = await startEngine(transport)
    const failing = outcome(ask([row.neverAnswers]))
    members[0].end()
    expect(await failing).toContain('The engine ended')
    expect(await ask([1])).toEqual([2])
  })

  test('that ends while it has nothing to do is started again', async () => {
    const { ask, members, state } = await startEngine(transport)
    members[0].end()
    await members[0].ended
    expect(await ask([1])).toEqual([2])
    expect(state().restarts).toBe(1)
  })

  test('forwards what it writes, line by line', async () => {
    const { ask, lines, close } = await startEngine(transport)
    await ask([row.prints])
    await close()
    expect(lines).toEqual(['computing', 'row'])
  })
})

test('a process goes on when a terminal or systemd ends all processes, so that the last batches are answered', async () => {
  const { ask, hello, state } = await startEngine('process')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(hello.pid, signal)
  expect(await ask([1])).toEqual([2])
  expect(state().restarts).toBe(0)
})

describe('batches', () => {
  test('that come together go together as one', async () => {
    const { ask, sent } = await startEngine('thread')
    const asked = Array.from({ length: 50 }, (_, x) => ask([x, x + 1]))
    expect(await Promise.all(asked)).toEqual(asked.map((_, x) => [2 * x, 2 * x + 2]))
    expect(sent).toEqual([100])
  })

  test('that come while all members compute go together as one when a member is free', async () => {
    const { ask, sent } = await startEngine('thread')
    const first = ask([1])
    while (sent.length === 0) await setImmediate()
    const asked = []
    for (let x = 0; x < 3; x++) {
      asked.push(ask([x]))
      await Promise.resolve()
    }
    await Promise.all([first, ...asked])
    expect(sent).toEqual([1, 3])
  })

  test('are spread over the members that are free', async () => {
    const { ask, sent } = await startEngine('thread', { members: 2 })
    await Promise.all([ask([1]), ask([2]), ask([3]), ask([4])])
    expect(sent).toEqual([2, 2])
  })

  test('go together up to a limit', async () => {
    const { ask, sent } = await startEngine('thread', { limits: { gatheredRows: 3 } })
    await Promise.all([ask([1]), ask([1, 1]), ask([1]), ask([1, 1, 1, 1]), ask([1])])
    expect(sent).toEqual([3, 1, 4, 1])
  })

  test('fail alone when the code of the model throws for one of them', async () => {
    const { ask, sent, state } = await startEngine('thread')
    const [, bad, good] = [ask([0]), ask([row.throws]), ask([2])].map(outcome)
    expect(await bad).toBe('no')
    expect(await good).toEqual([4])
    expect(sent).toEqual([3, 1, 1, 1])
    expect(state().restarts).toBe(0)
  })

  test('fail alone when one has an answer that is not finite', async () => {
    const { ask } = await startEngine('thread')
    const [, bad, good] = [ask([0]), ask([1, row.isNotFinite]), ask([2])]
    await expect(bad).rejects.toMatchObject({ name: 'ModelFailedError', row: 1 })
    expect(await good).toEqual([4])
  })

  test('fail alone when one of them ends the member', async () => {
    const { ask, state } = await startEngine('thread')
    const [, bad, good] = [ask([0]), ask([row.ends]), ask([2])].map(outcome)
    expect(await bad).toContain('ended with 3')
    expect(await good).toEqual([4])
    expect(state().restarts).toBe(2)
  })
})

test('an answer of another shape is none', async () => {
  const { ask } = await startEngine('thread')
  await expect(ask([1, row.loseItsAnswer])).rejects.toMatchObject({
    name: 'ModelFailedError',
    message: 'The model answered 2 rows with 1 numbers; expected 2 rows of 1',
  })
})

test('a batch that nobody wants any more before it was sent is dropped', async () => {
  const { ask, sent } = await startEngine('thread')
  const aborting = new AbortController()
  const [, dropped, last] = [ask([1]), ask([2, 2], aborting.signal), ask([3])]
  aborting.abort()
  await expect(dropped).rejects.toMatchObject({ reason: 'aborted' })
  await last
  expect(sent).toEqual([2])
})

test('a batch that nobody wants any more while it is computed ends nothing', async () => {
  const { ask, sent, state } = await startEngine('thread')
  const aborting = new AbortController()
  const computed = ask([1], aborting.signal)
  while (sent.length === 0) await setImmediate()
  aborting.abort()
  await expect(computed).rejects.toMatchObject({ reason: 'aborted' })
  expect(await ask([2])).toEqual([4])
  expect(state().restarts).toBe(0)
})

test('more waiting rows than the limit are refused at once', async () => {
  const { ask } = await startEngine('thread', { limits: { waitingRows: 3 } })
  // The member takes the first two, since the third does not fit beside them.
  const asked = [ask([1]), ask([2, 2]), ask([3, 3]), ask([4])]
  await expect(ask([5])).rejects.toMatchObject({ name: 'EngineUnavailableError', reason: 'busy' })
  expect(await Promise.all(asked)).toEqual([[2], [4, 4], [6, 6], [8]])
})

test('a batch that waits for a member longer than the time limit is refused', async () => {
  const { ask } = await startEngine('thread', {
    timeLimitMs: 500,
    limits: { firstPauseMs: 60_000 },
  })
  const looping = outcome(ask([row.neverAnswers]))
  await expect(ask([1])).rejects.toMatchObject({ name: 'EngineUnavailableError' })
  await looping
})

test('while no member can be started, batches fail with the reason, and are answered when one can', async () => {
  const { ask, state, members, startWith } = await startEngine('thread', { timeLimitMs: 1000 })
  startWith({ failsToLoad: 'the file is gone' })
  members[0].end()
  await members[0].ended
  // On a busy machine a start takes longer than a batch may wait.
  while (state().lastError !== 'the file is gone') await setTimeout(10)
  await expect(ask([1])).rejects.toMatchObject({
    reason: 'notRunning',
    message: expect.stringContaining('the file is gone'),
  })
  expect(state()).toMatchObject({ isReady: false, lastError: 'the file is gone' })
  startWith({})
  await untilReady(state)
  expect(await ask([1])).toEqual([2])
})

test('closing lets what was accepted be answered, and accepts nothing more', async () => {
  const { ask, close } = await startEngine('thread')
  const accepted = [ask([1]), ask([2]), ask([3])]
  const closing = close()
  await expect(ask([4])).rejects.toMatchObject({ reason: 'closed' })
  expect(await Promise.all(accepted)).toEqual([[2], [4], [6]])
  await closing
})
