import type { StoredModel } from '@dsapi/registry'

/** The versions of a model that take part in requests. */
export type ServedVersions = {
  readonly served: StoredModel
  /** Answers a share of the requests, from 0 to 1. */
  readonly canary?: { readonly model: StoredModel; readonly share: number } | undefined
  /** Answers copies of requests, for comparison only. */
  readonly shadow?: StoredModel | undefined
}

/** Which version answers a request, and which others take part. */
export type Chosen = {
  readonly stored: StoredModel
  /** Answers instead if this version fails: the served version in place of a canary. */
  readonly instead: StoredModel | undefined
  /** Answers a copy of the request when its answer has left, for comparison only. */
  readonly compared: StoredModel | undefined
}

/**
 * Chooses the version for a request: the canary for its share of them, else the served version. What a canary answers is
 * compared with the served version, and what the served version answers with the shadow.
 *
 * @param random gives numbers from 0 to below 1
 */
export const chooseVersion = (
  { served, canary, shadow }: ServedVersions,
  random: () => number = Math.random,
): Chosen =>
  canary !== undefined && random() < canary.share
    ? { stored: canary.model, instead: served, compared: served }
    : { stored: served, instead: undefined, compared: shadow }

/** A version that the request itself names: no other takes part. */
export const exactly = (stored: StoredModel): Chosen => ({
  stored,
  instead: undefined,
  compared: undefined,
})
