import { parentPort } from 'node:worker_threads'
import type { Batch } from '../batch.ts'
import type { Predictions } from '../predictions.ts'
import { postedError } from '../threads/posted-error.ts'
import type { FromMember, ToMember } from './engine-messages.ts'

/** What was loaded: what is reported of it, and what computes. */
export type Loaded<Hello> = {
  readonly hello: Hello
  readonly predict: (batch: Batch) => Predictions | Promise<Predictions>
}

/**
 * The other side of `startThread` and `forkProcess`: loads the model and answers batches, in this thread or process.
 *
 * @param load receives what the member was started with; what it throws is reported to the other side
 */
export const serveEngine = <Data, Hello>(load: (data: Data) => Promise<Loaded<Hello>>): void => {
  let loaded: Loaded<Hello> | undefined
  const answer = async (message: ToMember<Data>): Promise<FromMember<Hello>> => {
    if (message.type === 'start') {
      loaded = await load(message.data)
      return { type: 'ready', hello: loaded.hello }
    }
    if (loaded === undefined) throw new Error('The model has not been loaded')
    return { type: 'predictions', predictions: await loaded.predict(message.batch) }
  }
  const { receive, post } = parent<ToMember<Data>, FromMember<Hello>>()
  receive(async (message) => {
    try {
      post(await answer(message))
    } catch (error) {
      post({ type: 'error', error: postedError(error) })
    }
  })
}

/** What started this: the thread that made this one, or the process that forked this one. */
const parent = <Received, Posted>() => {
  const port = parentPort
  if (port !== null) {
    return {
      receive: (listener: (message: Received) => void) => port.on('message', listener),
      post: (message: Posted) => port.postMessage(message),
    }
  }
  // A terminal and systemd send these to all processes. The parent ends this one after the last batch.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
  // Without its parent it has nothing to do.
  process.on('disconnect', () => process.exit())
  return {
    receive: (listener: (message: Received) => void) => process.on('message', listener),
    post: (message: Posted) => process.send?.(message),
  }
}
