import type { JobState } from '@dsapi/db'

type Transition = { readonly from: readonly JobState[]; readonly to: JobState }

/**
 * All that can happen to a job, and what it becomes. Nothing else ever changes a job's state; each
 * statement in the database asks for the state (and, where a worker holds it, the attempt) that it
 * starts from, so of two that happen at once the second changes nothing.
 */
export const transitions = {
  /** A worker takes it; its attempt grows by one. */
  claim: { from: ['queued'], to: 'running' },
  /** The handler gave a result. */
  succeed: { from: ['running'], to: 'succeeded' },
  /** The handler threw, and there are attempts left: again after a pause. */
  retry: { from: ['running'], to: 'queued' },
  /** The handler threw for the last time, or took longer than it may. */
  fail: { from: ['running'], to: 'failed' },
  /** A worker that has to stop gives it back; that was no attempt. */
  release: { from: ['running'], to: 'queued' },
  /** Its worker gave no sign of life, and there are attempts left. */
  requeue: { from: ['running'], to: 'queued' },
  /** Its worker gave no sign of life for the last time. */
  giveUp: { from: ['running'], to: 'failed' },
  /** Its owner no longer wants it. */
  cancel: { from: ['queued', 'running'], to: 'cancelled' },
  /** An operator wants it tried anew, with all its attempts. */
  restart: { from: ['failed', 'cancelled'], to: 'queued' },
} as const satisfies Record<string, Transition>

export type JobEvent = keyof typeof transitions

/** The states in which a job is done. */
export const endStates: readonly JobState[] = ['succeeded', 'failed', 'cancelled']

/** What a job in a state becomes by an event; undefined when the event changes nothing. */
export const next = (state: JobState, event: JobEvent): JobState | undefined => {
  const { from, to }: Transition = transitions[event]
  return from.includes(state) ? to : undefined
}
