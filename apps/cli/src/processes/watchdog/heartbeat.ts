import { url as inspectorUrl } from 'node:inspector'

const everyMs = 1000

type HeartbeatMessage = { readonly heartbeat: true }

/** Whether a child's message is a heartbeat. */
export const isHeartbeat = (message: unknown): message is HeartbeatMessage =>
  typeof message === 'object' && message !== null && 'heartbeat' in message

/** Whether a debugger may pause this process. */
export const isDebugged = (): boolean => inspectorUrl() !== undefined

/** Sends a heartbeat to the parent process once a second, from the event loop. */
export const sendHeartbeats = (): void => {
  if (isDebugged()) return
  const send = () => {
    if (process.connected) process.send?.({ heartbeat: true } satisfies HeartbeatMessage, () => {})
    else clearInterval(timer)
  }
  const timer = setInterval(send, everyMs)
  // Nothing is watched before the first, so a process that stands still right after its start has sent one.
  send()
  timer.unref()
}
