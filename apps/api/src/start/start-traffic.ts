import { hostname } from 'node:os'
import { countTraffic, type TrafficCount } from '@dsapi/auth'
import type { StartContext } from './start-context.ts'

/** Counts requests by minute and key. */
export const startTraffic = ({ config, db, onError, stack }: StartContext): TrafficCount => {
  const traffic = countTraffic(db, {
    ...{ host: hostname(), areMinutesKept: config.trafficDays > 0 },
    onError,
  })
  stack.defer(traffic.stop)
  return traffic
}
