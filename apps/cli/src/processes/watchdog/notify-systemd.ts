import { spawn } from 'node:child_process'
import type { Logger } from '@dsapi/telemetry'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Tells systemd that this process is ready, and feeds its watchdog from the event loop from then on (sd_notify(3)).
 * Node has no sockets of datagrams to write to systemd's, so `systemd-notify` does it: units need `NotifyAccess=all`.
 * Nothing happens where systemd does not ask for it, and in a process that another process of dsapi looks after.
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
