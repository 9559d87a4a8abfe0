import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from '../app.ts'
import type { AppDeps } from '../app-deps.ts'
import { createFastPath } from '../fast-path.ts'
import type { HiddenPaths } from '../http/hidden-paths.ts'
import { listen } from '../http/http-server.ts'
import { observeRefused } from '../http/middleware/observe.ts'
import { serverUrl } from '../http/server-url.ts'
import type { StartContext } from './start-context.ts'

/** For how long an API that stops still serves clients that do not know of it yet. */
export type StopTimes = {
  /** First it reports that it is not ready, and answers as ever: load balancers need so long to notice. */
  readonly drainMs: number
  /** Then it accepts no connections any more, and still answers requests over open ones. */
  readonly lingerMs: number
}

/** How the server is stopped. */
type Stopping = {
  readonly draining: AbortController
  readonly stopping: AbortController
  readonly times: () => StopTimes
}

const stopGraceMs = 10_000

/** Listens for requests. @returns the URL of the server */
export const startServer = async (
  { config, logger, stack }: StartContext,
  deps: AppDeps,
  prepare: HiddenPaths['prepare'],
  { draining, stopping, times }: Stopping,
): Promise<string> => {
  const { keys, models, observe, limits, life } = deps
  const fastPath = createFastPath({ ...keys, ...models, ...observe, ...limits, ...life })
  const server = await listen(createApp(deps).fetch, config.host, config.port, {
    // Only the general path begins and ends a span.
    fastPath: observe.tracing ? undefined : fastPath,
    prepare,
    onRefused: (request) => observeRefused(observe.observe, request),
    onError: (err) => logger.error({ err }, 'Request failed'),
    onTooManyConnections: (facts) =>
      logger.warn(
        facts,
        'Too many connections are open, so new ones are closed. Raise the limit of open files (ulimit -n)',
      ),
  })
  stack.defer(() => server.stop({ graceMs: stopGraceMs, lingerMs: times().lingerMs }))
  stack.defer(() => stopping.abort())
  stack.defer(async () => {
    draining.abort()
    if (times().drainMs === 0) return
    server.drain()
    await wait(times().drainMs)
  })
  return serverUrl(config.host, server.port)
}
