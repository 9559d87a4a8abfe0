import type { ChildProcess } from 'node:child_process'
import { isHeartbeat } from './heartbeat.ts'

const looksPerLimit = 10

/**
 * Ends a child process whose heartbeats stop for longer than a limit: its event loop stands still, and it would answer
 * nobody. Nothing happens before its first heartbeat. The time in which this process stood still itself, because it
 * was stopped or the machine slept, does not count.
 *
 * @param onHang is called before the child is ended
 * @returns ends the watching
 */
export const watchChild = (
  child: ChildProcess,
  limitMs: number,
  onHang: () => void,
): (() => void) => {
  const everyMs = limitMs / looksPerLimit
  let heardAt: number | undefined
  let lookedAt = performance.now()
  const onMessage = (message: unknown) => {
    if (isHeartbeat(message)) heardAt = performance.now()
  }
  const look = () => {
    const now = performance.now()
    const stoodStill = now - lookedAt > 3 * everyMs
    lookedAt = now
    if (heardAt === undefined) return
    if (stoodStill) heardAt = now
    if (now - heardAt <= limitMs) return
    stop()
    onHang()
    child.kill('SIGKILL')
  }
  const timer = setInterval(look, everyMs)
  timer.unref()
  const stop = () => {
    clearInterval(timer)
    child.off('message', onMessage)
  }
  child.on('message', onMessage)
  child.once('exit', stop)
  return stop
}
