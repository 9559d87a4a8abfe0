import type { AnsweredRow } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import type { VersionCounts } from '../metrics/version-counts.ts'
import type { WatchCanary } from './canary-watch.ts'
import { type Chosen, chooseVersion, exactly, type ServedVersions } from './choose-version.ts'
import type { Copy } from './compare-copies.ts'
import { isModelFailure } from './model-failure.ts'

/** Which versions a request is for: those that are served under a name, or one that it names. */
export type AskedVersions =
  | { readonly type: 'served'; readonly versions: ServedVersions }
  | { readonly type: 'exactly'; readonly stored: StoredModel }

/** What a version has answered, with some of the rows as it did. */
type Answered = { readonly rows: readonly AnsweredRow[] }

/**
 * Answers with a version.
 *
 * @param sampleSize how many of the rows are to be given back, at most
 */
type Answer<T extends Answered> = (stored: StoredModel, sampleSize: number) => T | Promise<T>

type AnswerOptions = {
  /** Whether the request can be answered twice. A large body is gone once it is read. */
  readonly isRepeatable: boolean
}

export type AnswerRequest = <T extends Answered>(
  asked: AskedVersions,
  answer: Answer<T>,
  options?: AnswerOptions,
) => Promise<{ readonly stored: StoredModel; readonly answered: T }>

type RequestDeps = {
  readonly counts: VersionCounts
  readonly watchCanary: WatchCanary
  readonly compareCopy: (copy: Copy) => void
  /** Gets why a canary has failed, in whose place the served version has answered. */
  readonly onError: (error: unknown, canary: StoredModel) => void
  readonly random?: () => number
}

/** How many rows of a request are compared, evenly from all. */
const mostCompared = 100

/**
 * Makes what has requests answered. A version is chosen for each; where a canary fails, the served version answers
 * instead; and where another version is to be compared, it gets a copy.
 */
export const answerRequests =
  ({ counts, watchCanary, compareCopy, onError, random }: RequestDeps): AnswerRequest =>
  async (asked, answer, { isRepeatable } = { isRepeatable: true }) => {
    const chosen = choose(asked, random)
    const { compared } = chosen
    const sampleSize = compared && isRepeatable ? mostCompared : 0

    const observe = (stored: StoredModel, outcome: 'answered' | 'failed', seconds = 0) => {
      if (outcome === 'failed') counts.failed(stored, 'request')
      else counts.answered(stored, 'request', seconds)
      if (asked.type === 'served') watchCanary(asked.versions, stored, outcome)
    }
    const attempt = async (stored: StoredModel) => {
      const startedAt = performance.now()
      try {
        const answered = await answer(stored, sampleSize)
        observe(stored, 'answered', (performance.now() - startedAt) / 1000)
        return { stored, answered }
      } catch (error) {
        if (isModelFailure(error)) observe(stored, 'failed')
        throw error
      }
    }

    const result = await attempt(chosen.stored).catch(async (error: unknown) => {
      if (chosen.instead === undefined || !isRepeatable) throw error
      const instead = await attempt(chosen.instead)
      // What the served version can answer is not the client's fault.
      if (!isModelFailure(error)) observe(chosen.stored, 'failed')
      onError(error, chosen.stored)
      return instead
    })
    if (compared !== undefined) {
      if (!isRepeatable) counts.dropped(compared)
      else if (result.stored !== compared) compare(result, compared, chosen)
    }
    return result

    function compare(
      { stored, answered }: { readonly stored: StoredModel; readonly answered: Answered },
      other: StoredModel,
      { instead }: Chosen,
    ) {
      compareCopy({
        ...{ stored, rows: answered.rows, compared: other },
        tried: instead === undefined ? other : stored,
        answer: async () => answer(other, sampleSize),
      })
    }
  }

const choose = (asked: AskedVersions, random: (() => number) | undefined): Chosen =>
  asked.type === 'exactly' ? exactly(asked.stored) : chooseVersion(asked.versions, random)
