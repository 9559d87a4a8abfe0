import cluster from 'node:cluster'
import {
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterClusterMaster,
} from 'rate-limiter-flexible'

/** Makes the primary process of a cluster keep the tokens of all its processes. */
export const shareRateLimits = (): void => {
  new RateLimiterClusterMaster()
}

type Bucket = { readonly points: number; readonly duration: number; readonly keyPrefix: string }

/** A primary that does not answer in this time counts as unreachable. */
const patienceMs = 1000

/** A limiter whose tokens the primary keeps; it throws an Error while the primary is unreachable. */
export const createClusterLimiter = (bucket: Bucket): RateLimiterAbstract =>
  new RateLimiterCluster({ ...bucket, timeoutMs: patienceMs })

/** Whether this process shares its buckets with others of the same cluster. */
export const isInCluster = (): boolean => cluster.isWorker
