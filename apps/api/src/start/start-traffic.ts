import { hostname } from 'node:os'
import { countTraffic, type TrafficCount } from '@dsapi/auth'
import type { StartContext } from './start-context.ts'

const dayMs = 86_400_000

/** Counts requests by minute and key, and deletes minutes after the days that they are kept. */
export const startTraffic = ({ config, db, onError, stack }: StartContext): TrafficCount => {
  const keepMs = Math.round(config.trafficDays * dayMs)
  const traffic = countTraffic(db, { host: hostname(), keepMs, onError })
  stack.defer(traffic.stop)
  return traffic
}
