import type { JobDescription } from '@dsapi/queue'
import { predictRow, resultHeader, type StoredModel, scoreLines } from '@dsapi/registry'
import { jobIds } from '../example-ids.ts'

/** A job of each kind and end, as it is described. A test puts them into a database and asks for them. */
export const exampleJobs = ({ model, tag }: StoredModel) => {
  const ones = model.featureNames.map(() => 1)
  const begun = {
    attempts: 1,
    created_at: '2026-11-23T21:33:14.659Z',
    started_at: '2026-11-23T21:33:14.663Z',
    finished_at: '2026-11-23T21:33:19.896Z',
  }
  const slow = { kind: 'slow-prediction', ...begun }
  return {
    queued: {
      id: jobIds.queued,
      kind: 'slow-prediction',
      state: 'queued',
      attempts: 0,
      created_at: '2026-11-23T21:33:20.100Z',
      started_at: null,
      finished_at: null,
    },
    succeeded: {
      ...slow,
      id: jobIds.succeeded,
      state: 'succeeded',
      result: { ...predictRow(model, ones), model_version: tag },
    },
    failed: {
      ...slow,
      id: jobIds.failed,
      state: 'failed',
      attempts: 3,
      error: 'the worker ran out of memory',
    },
    cancelled: { ...slow, id: jobIds.cancelled, state: 'cancelled' },
    batch: {
      ...begun,
      id: jobIds.batch,
      kind: 'batch',
      state: 'succeeded',
      result: {
        model_version: tag,
        rows: 2,
        failed_rows: 1,
        header: resultHeader(model),
        chunks: 1,
      },
    },
  } as const satisfies Record<string, Omit<JobDescription, 'id'> & { readonly id: string }>
}

/** The rows of a batch, of which the second cannot be scored, as CSV, and what comes of them. */
export const exampleBatch = ({ model }: StoredModel) => {
  const rows = [model.featureNames.map(() => '1'), model.featureNames.map(() => 'abc')]
  const lines = rows.map((row) => `${row.join(',')}\n`).join('')
  const format = { type: 'csv', columns: model.featureNames } as const
  return {
    csv: `${model.featureNames.map(csvCell).join(',')}\n${lines}`,
    output: scoreLines(model, format, lines, 1).output,
  }
}

const csvCell = (name: string) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
