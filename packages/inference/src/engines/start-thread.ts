import { Worker } from 'node:worker_threads'
import type { EngineMember } from './engine-member.ts'
import type { ToMember } from './engine-messages.ts'
import { forwardLines } from './forward-lines.ts'
import { createPostingMember } from './posting-member.ts'

type ThreadOptions<Data> = {
  /** The module that the thread runs. It calls `serveEngine`. */
  readonly url: URL
  /** What it is started with; it can be posted to a thread. */
  readonly data: Data
  /** Receives what it writes to its standard output and error. */
  readonly onLine: (line: string) => void
}

/** Starts a member of an engine in a thread. What runs in it must be such that it can be ended at any time. */
export const startThread = <Data, Hello>({
  url,
  data,
  onLine,
}: ThreadOptions<Data>): EngineMember<Hello> => {
  const worker = new Worker(url, { stdout: true, stderr: true })
  worker.unref()
  forwardLines(worker.stdout, onLine)
  forwardLines(worker.stderr, onLine)
  let how: string | undefined
  worker.on('error', (error) => {
    how = String(error)
  })
  const { member, receive } = createPostingMember<Data, Hello>(data, {
    post: (message) => worker.postMessage(compact(message)),
    end: () => void worker.terminate(),
    ended: new Promise((resolve) => {
      worker.on('exit', (code) => resolve(how ?? `the thread ended with ${code}`))
    }),
  })
  worker.on('message', receive)
  return member
}

/** A view would be posted with all of the memory that it looks at. */
const compact = <Data>(message: ToMember<Data>): ToMember<Data> => {
  if (message.type === 'start') return message
  const { batch } = message
  const isWhole = batch.numbers.byteLength === batch.numbers.buffer.byteLength
  return isWhole ? message : { type: 'batch', batch: { ...batch, numbers: batch.numbers.slice() } }
}
