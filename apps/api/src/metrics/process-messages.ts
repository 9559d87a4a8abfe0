import type { Snapshot } from './snapshot.ts'

// The messages about metrics between the processes of a cluster.

/** The primary asks each process for its metrics; a process asks the primary for those of all. */
export type RequestSnapshot = {
  readonly dsapi: 'request-snapshot'
  readonly id: number
  /** For the one process that counts the jobs which end: from when on nobody has. */
  readonly endedFrom?: number | undefined
}

/** The metrics of one process, or, from the primary, of all: as an answer, or because it ends. */
export type ReportSnapshots = {
  readonly dsapi: 'report-snapshots'
  readonly id: number
  readonly snapshots: readonly Snapshot[]
  readonly endedUntil?: number | undefined
}

export type ProcessMessage = RequestSnapshot | ReportSnapshots

/** Whether a message is one of these; a cluster carries others too. */
export const isProcessMessage = (message: unknown): message is ProcessMessage =>
  typeof message === 'object' &&
  message !== null &&
  'dsapi' in message &&
  (message.dsapi === 'request-snapshot' || message.dsapi === 'report-snapshots')
