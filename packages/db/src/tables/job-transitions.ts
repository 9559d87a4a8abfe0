import type { JobState } from '../job-states.ts'

type Transition = { readonly from: readonly JobState[]; readonly to: JobState }

/**
 * All that can happen to a job, and what it becomes. The statements in `job-changes.ts` take both states from here, and
 * nothing else changes a job's state. Each statement asks for the state (and, where a worker holds the job, the attempt)
 * that it starts from, so of two that happen at once the second changes nothing.
 */
export const transitions = {
  /** A worker takes it. Its attempt grows by one. */
  claim: { from: ['queued'], to: 'running' },
  /** The handler returned a result. */
  succeed: { from: ['running'], to: 'succeeded' },
  /** The handler threw, and attempts are left: the job runs again after a pause. */
  retry: { from: ['running'], to: 'queued' },
  /** The handler threw in the last attempt, or took longer than it may. */
  fail: { from: ['running'], to: 'failed' },
  /** A worker that has to stop returns the job. That does not count as an attempt. */
  release: { from: ['running'], to: 'queued' },
  /** The heartbeat of its worker stopped, and attempts are left. */
  requeue: { from: ['running'], to: 'queued' },
  /** The heartbeat of its worker stopped in the last attempt. */
  giveUp: { from: ['running'], to: 'failed' },
  /** Its owner, or an operator, does not want it any more. */
  cancel: { from: ['queued', 'running'], to: 'cancelled' },
  /** An operator wants it tried again, with all its attempts. */
  restart: { from: ['failed', 'cancelled'], to: 'queued' },
} as const satisfies Record<string, Transition>

export type JobEvent = keyof typeof transitions

/** The states in which a job is done. */
export const endStates: readonly JobState[] = ['succeeded', 'failed', 'cancelled']
