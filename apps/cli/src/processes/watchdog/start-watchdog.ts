import type { Config } from '@dsapi/config'
import type { Logger } from '@dsapi/telemetry'
import { sendHeartbeats } from './heartbeat.ts'
import { notifySystemd } from './notify-systemd.ts'
import { watchOwnLoop } from './watch-own-loop.ts'

/**
 * Has this process killed when its event loop is blocked: by its parent process, if it has one; else by a thread of its
 * own, and by systemd if that asks for it. Call it once the process is ready.
 *
 * @param name of the logger
 */
export const startWatchdog = (
  { watchdogSeconds }: Pick<Config, 'watchdogSeconds'>,
  logger: Logger,
  name: string,
): void => {
  notifySystemd(logger)
  if (watchdogSeconds === 0) return
  if (process.connected) sendHeartbeats()
  else watchOwnLoop(watchdogSeconds * 1000, name)
}
