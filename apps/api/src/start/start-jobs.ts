import { createDispatcher, createJobQueue, watchJobs } from '@dsapi/queue'
import { readAllowedHosts } from '@dsapi/webhooks'
import type { JobDeps } from '../app-deps.ts'
import type { StartContext } from './start-context.ts'

/** How soon a client that waits has its result. */
const endWatchMs = 50
/** How often events are looked for. */
const changeWatchMs = 1000

/** Starts what submits jobs and watches them. */
export const startJobs = async ({
  config,
  logger,
  db,
  onError,
  stack,
}: StartContext): Promise<JobDeps> => {
  const dispatcher = await createDispatcher(db, config.redisUrl, onError, () =>
    logger.info('Redis is reachable again. It notifies workers of new jobs'),
  )
  stack.defer(dispatcher.close)
  const endWatch = watchJobs(db, { everyMs: endWatchMs, onError })
  stack.defer(endWatch.stop)
  const changeWatch = watchJobs(db, { everyMs: changeWatchMs, onError })
  stack.defer(changeWatch.stop)
  return {
    dispatcher,
    queue: createJobQueue(db, dispatcher, {
      limit: config.queueLimit,
      ownerLimit: config.keyQueueLimit,
    }),
    endWatch,
    changeWatch,
    webhookHosts: readAllowedHosts(config.webhookHosts),
    timeLimitMs: Math.round(config.jobSeconds * 1000),
  }
}
