import type { ChildProcess } from 'node:child_process'
import { isHeartbeat } from './heartbeat.ts'

const checksPerLimit = 10

/**
 * Kills a child process whose heartbeats stop for longer than a limit: its event loop is blocked, so it answers no
 * requests. Before the first heartbeat nothing happens. Time in which this process was stopped itself, or the machine
 * slept, does not count.
 *
 * @param onHang called before the child is killed
 * @returns a function that ends the watching
 */
export const watchChild = (
  child: ChildProcess,
  limitMs: number,
  onHang: () => void,
): (() => void) => {
  const everyMs = limitMs / checksPerLimit
  let heardAt: number | undefined
  let checkedAt = performance.now()
  const onMessage = (message: unknown) => {
    if (isHeartbeat(message)) heardAt = performance.now()
  }
  const check = () => {
    const now = performance.now()
    const wasStopped = now - checkedAt > 3 * everyMs
    checkedAt = now
    if (heardAt === undefined) return
    if (wasStopped) heardAt = now
    if (now - heardAt <= limitMs) return
    stop()
    onHang()
    child.kill('SIGKILL')
  }
  const timer = setInterval(check, everyMs)
  timer.unref()
  const stop = () => {
    clearInterval(timer)
    child.off('message', onMessage)
  }
  child.on('message', onMessage)
  child.once('exit', stop)
  return stop
}
