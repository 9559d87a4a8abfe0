import type { StoredModel } from '@dsapi/registry'
import type { ServedVersions } from './choose-version.ts'

/** How many requests a version has answered, and in how many it has failed. */
export type Outcomes = { readonly answered: number; readonly failed: number }

/** With fewer requests than these, a share of errors says little. */
const leastRequests = 20
/** A canary may fail in so many more of its requests than the served version: five in a hundred. */
const mostAbove = 0.05

const total = ({ answered, failed }: Outcomes) => answered + failed
const failedShare = (outcomes: Outcomes) =>
  total(outcomes) === 0 ? 0 : outcomes.failed / total(outcomes)

/** Whether a canary fails so much more often than the served version that it must not go on. */
export const failsTooOften = (canary: Outcomes, served: Outcomes): boolean =>
  total(canary) >= leastRequests && failedShare(canary) - failedShare(served) > mostAbove

/** A canary that fails too often, with what was counted in this process. */
export type FailingCanary = {
  readonly canary: StoredModel
  readonly served: StoredModel
  readonly ofCanary: Outcomes
  readonly ofServed: Outcomes
}

/** Counts the outcome of a request for a model while it has a canary. */
export type WatchCanary = (
  versions: ServedVersions,
  stored: StoredModel,
  outcome: keyof Outcomes,
) => void

type Watched = {
  readonly pair: string
  readonly counts: { readonly canary: Count; readonly served: Count }
  isReported: boolean
}
type Count = { answered: number; failed: number }

/**
 * Makes the watch over canaries. Counts begin anew with each pair of a canary and a served version.
 *
 * @param onFailing is called once for a pair
 */
export const watchCanaries = (onFailing: (failing: FailingCanary) => void): WatchCanary => {
  const byName = new Map<string, Watched>()

  const watchedOf = (name: string, pair: string) => {
    const known = byName.get(name)
    if (known?.pair === pair) return known
    const counts = { canary: noneYet(), served: noneYet() }
    const watched: Watched = { pair, counts, isReported: false }
    byName.set(name, watched)
    return watched
  }

  return ({ served, canary }, stored, outcome) => {
    if (canary === undefined) return
    const watched = watchedOf(stored.name, `${canary.model.id} ${served.id}`)
    const { counts } = watched
    if (stored.id === canary.model.id) counts.canary[outcome]++
    else if (stored.id === served.id) counts.served[outcome]++
    if (watched.isReported || !failsTooOften(counts.canary, counts.served)) return
    watched.isReported = true
    const { canary: ofCanary, served: ofServed } = structuredClone(counts)
    onFailing({ canary: canary.model, served, ofCanary, ofServed })
  }
}

const noneYet = (): Count => ({ answered: 0, failed: 0 })
