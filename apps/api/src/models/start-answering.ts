import type { Database } from '@dsapi/db'
import { endCanary } from '@dsapi/registry'
import type { Logger } from '@dsapi/telemetry'
import type { Metrics } from '../metrics/metrics.ts'
import { type AnswerRequest, answerRequests } from './answer-requests.ts'
import { type FailingCanary, watchCanaries } from './canary-watch.ts'
import { compareCopies } from './compare-copies.ts'

type AnsweringDeps = {
  readonly db: Database
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'versions'>
  readonly isOverloaded: () => boolean
  readonly onError: (error: unknown) => void
}

/** Makes what has requests answered, and takes a canary back that fails too often. */
export const startAnswering = ({
  db,
  logger,
  metrics: { versions: counts },
  isOverloaded,
  onError,
}: AnsweringDeps): AnswerRequest => {
  const takeBack = (failing: FailingCanary) => void end(failing).catch(onError)
  const end = async ({ canary, ofCanary, ofServed }: FailingCanary) => {
    const { name, version, tag } = canary
    const reason = `it failed in ${shareOf(ofCanary)} requests, and the served version in ${shareOf(ofServed)}`
    const by = { actor: 'system', now: Date.now() }
    if (!(await endCanary(db, { name, version, reason, ...by }))) return
    logger.warn({ model: name, version: tag }, `The canary was taken back: ${reason}`)
  }
  return answerRequests({
    counts,
    watchCanary: watchCanaries(takeBack),
    compareCopy: compareCopies({
      counts,
      isOverloaded,
      onError: (err, { compared: { name, tag } }) =>
        logger.warn({ err, model: name, version: tag }, 'A copy of a request was not answered'),
    }),
    onError: (err, { name, tag }) =>
      logger.warn(
        { err, model: name, version: tag },
        'The canary failed, so the served version answered',
      ),
  })
}

const shareOf = ({ answered, failed }: FailingCanary['ofCanary']) =>
  `${failed} of ${answered + failed}`
