import { spawn } from 'node:child_process'
import type { Logger } from '@dsapi/telemetry'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Notifies systemd that this process is ready, and from then on feeds its watchdog from the event loop (sd_notify(3)).
 * Node has no datagram sockets, so the program `systemd-notify` does it: units need `NotifyAccess=all`. Does nothing
 * where systemd does not ask for it, and in a process that another process of dsapi supervises.
 */
export const notifySystemd = (logger: Logger, env: Environment = process.env): void => {
  if (env.NOTIFY_SOCKET === undefined || process.connected) return
  let isWarned = false
  const notify = (state: string) => {
    const child = spawn('systemd-notify', [state], { stdio: 'ignore', env })
    child.on('error', (error) => {
      if (!isWarned) logger.warn({ err: error }, 'systemd cannot be notified')
      isWarned = true
    })
    child.unref()
  }
  notify('READY=1')
  const watchdogMs = Number(env.WATCHDOG_USEC) / 1000
  if (watchdogMs > 0) setInterval(() => notify('WATCHDOG=1'), watchdogMs / 3).unref()
}
