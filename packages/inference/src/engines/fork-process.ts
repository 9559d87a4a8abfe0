import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { engineEnvironment } from './engine-environment.ts'
import type { EngineMember } from './engine-member.ts'
import { forwardLines } from './forward-lines.ts'
import { howEnded } from './how-ended.ts'
import { createPostingMember } from './posting-member.ts'

type ProcessOptions<Data> = {
  /** The module that the process runs. It calls `serveEngine`. */
  readonly url: URL
  /** What it is started with; it can be posted to a thread. */
  readonly data: Data
  /** Receives what it writes to its standard output and error. */
  readonly onLine: (line: string) => void
  /** How much memory its values may take, in MiB; it aborts when it needs more. Without it, as much as V8 gives. */
  readonly heapMb?: number
}

/** Starts a member of an engine in a process of its own, which may crash. It runs Node, and ends with this process. */
export const forkProcess = <Data, Hello>({
  url,
  data,
  onLine,
  heapMb,
}: ProcessOptions<Data>): EngineMember<Hello> => {
  const child = fork(fileURLToPath(url), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: engineEnvironment(),
    execArgv: heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`],
  })
  child.unref()
  child.channel?.unref()
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) forwardLines(stream, onLine)
  }
  const { member, receive } = createPostingMember<Data, Hello>(data, {
    // A message to a process that has just ended is lost; `ended` reports that.
    post: (message) => child.send(message, () => {}),
    end: () => void child.kill('SIGKILL'),
    ended: howEnded(child),
  })
  child.on('message', receive)
  return member
}
