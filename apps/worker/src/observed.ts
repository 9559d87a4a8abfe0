import type { Handler, Task } from '@dsapi/queue'
import {
  type Logger,
  type Tracing,
  traceIdOf,
  withoutCredentials,
  withoutKeys,
} from '@dsapi/telemetry'

/**
 * Makes one handler of those for each kind of job, which logs each job's beginning and end with the ids of the
 * request that it came from, and, where traces are collected, ends a span that is a part of that request's.
 */
export const observed =
  (
    handlers: Readonly<Record<string, Handler>>,
    logger: Logger,
    tracing: Tracing | undefined,
  ): Handler =>
  async (task) => {
    const startedAt = performance.now()
    const log = logger.child(idsOf(task))
    const span = tracing?.begin('consumer', task.origin.traceparent)
    const end = (error?: string) => span?.end(`process ${task.kind}`, attributesOf(task), error)
    log.info('Job begun')
    try {
      const handle = handlers[task.kind]
      if (handle === undefined) throw new Error(`No worker knows jobs of kind ${task.kind}`)
      const result = await handle(task)
      log.info({ ms: Math.round(performance.now() - startedAt) }, 'Job computed')
      end()
      return result
    } catch (error) {
      // One that was cancelled, or has to stop, is no failure.
      if (task.signal.aborted) log.info({ reason: task.signal.reason }, 'Job released')
      else log.warn({ err: error }, 'The attempt at the job failed')
      end(withoutKeys(withoutCredentials(error instanceof Error ? error.message : String(error))))
      throw error
    }
  }

const idsOf = ({ id, kind, attempt, origin: { requestId, traceparent } }: Task) => ({
  jobId: id,
  kind,
  attempt,
  ...(requestId !== undefined && { requestId }),
  ...(traceparent !== undefined && { traceId: traceIdOf(traceparent) }),
})

/** By OpenTelemetry's semantic conventions for messaging spans. */
const attributesOf = ({ id, kind, attempt }: Task) => ({
  'messaging.system': 'dsapi',
  'messaging.operation.type': 'process',
  'messaging.message.id': id,
  'dsapi.job.kind': kind,
  'dsapi.job.attempt': attempt,
})
