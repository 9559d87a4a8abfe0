import { type AnsweredRow, createComparison } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import type { VersionCounts } from '../metrics/version-counts.ts'
import { isModelFailure } from './model-failure.ts'

/** A request that was answered, of which another version answers a copy. */
export type Copy = {
  /** The version that has answered, and some of the rows as it did. */
  readonly stored: StoredModel
  readonly rows: readonly AnsweredRow[]
  /** The version that answers the copy. */
  readonly compared: StoredModel
  /** Of the two, the one that is tried out: the differences are counted for it. */
  readonly tried: StoredModel
  /** Answers the copy: the same rows. */
  readonly answer: () => Promise<{ readonly rows: readonly AnsweredRow[] }>
}

type CopiesOptions = {
  readonly counts: VersionCounts
  readonly isOverloaded: () => boolean
  /** Gets why a version failed to answer a copy. */
  readonly onError: (error: unknown, copy: Copy) => void
}

/** So many copies are answered at a time; more than that are dropped. */
const mostAtOnce = 4

/**
 * Makes what has copies of requests answered, for which nobody waits: each begins when the answer to its request has been
 * written, and none where the process is busy.
 */
export const compareCopies = ({ counts, isOverloaded, onError }: CopiesOptions) => {
  let running = 0

  const answer = async (copy: Copy) => {
    const { compared, tried, stored, rows } = copy
    const startedAt = performance.now()
    try {
      const copied = await copy.answer()
      counts.answered(compared, 'copy', (performance.now() - startedAt) / 1000)
      const compare = createComparison(stored.model.info, compared.model.info)
      for (const [index, row] of rows.entries()) {
        const other = copied.rows[index]
        if (other === undefined) break
        const { agrees, size } = compare(row.answer, other.answer)
        counts.compared(tried, agrees, size)
      }
    } catch (error) {
      counts.failed(compared, 'copy')
      if (isModelFailure(error)) onError(error, copy)
    } finally {
      running--
    }
  }

  return (copy: Copy): void => {
    if (running >= mostAtOnce || isOverloaded()) {
      counts.dropped(copy.compared)
      return
    }
    running++
    setImmediate(() => void answer(copy))
  }
}
