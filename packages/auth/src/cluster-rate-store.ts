import cluster from 'node:cluster'
import {
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterClusterMaster,
  RateLimiterRes,
} from 'rate-limiter-flexible'

/** Has the primary process of a cluster keep the tokens of all its processes in common. */
export const shareRateLimits = (): void => {
  new RateLimiterClusterMaster()
}

type Bucket = { readonly points: number; readonly duration: number; readonly keyPrefix: string }

/** How a token is taken: resolves where there was one, rejects with what is left where there was none. */
export type Consume = (ownerId: string) => Promise<RateLimiterRes>

/** A primary that does not answer in this time counts as away. */
const patienceMs = 1000

/** Takes tokens from the buckets that the primary keeps, or from this process's own while it is away. */
export const clusterConsume = (bucket: Bucket, insurance: RateLimiterAbstract): Consume => {
  const shared = new RateLimiterCluster({ ...bucket, timeoutMs: patienceMs })
  return (ownerId) =>
    shared.consume(ownerId).catch((left: unknown) => {
      if (left instanceof RateLimiterRes) throw left
      return insurance.consume(ownerId)
    })
}

/** Whether this process shares its buckets with others of the same cluster. */
export const isInCluster = (): boolean => cluster.isWorker
