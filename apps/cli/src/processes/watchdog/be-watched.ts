import type { Config } from '@dsapi/config'
import type { Logger } from '@dsapi/telemetry'
import { sendHeartbeats } from './heartbeat.ts'
import { notifySystemd } from './notify-systemd.ts'
import { watchOwnLoop } from './watch-own-loop.ts'

/**
 * Lets this process, which is ready, be ended when its event loop stands still: by the process that looks after it, where
 * there is one; else by a thread of its own, and by systemd where that asks for it.
 *
 * @param name the part of dsapi that speaks, as in the other lines of the log
 */
export const beWatched = (
  { watchdogSeconds }: Pick<Config, 'watchdogSeconds'>,
  logger: Logger,
  name: string,
): void => {
  notifySystemd(logger)
  if (watchdogSeconds === 0) return
  if (process.connected) sendHeartbeats()
  else watchOwnLoop(watchdogSeconds * 1000, name)
}
