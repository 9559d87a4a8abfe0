import { classesOf, predictRow, resultHeader, scoreLines } from '@dsapi/inference'
import type { JobDescription } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'

/** A job of each kind and end, as it is described. A test puts them into a database and asks for them. */
export const exampleJobs = ({ model, tag }: StoredModel) => {
  const ones = model.info.featureNames.map(() => 1)
  const times = {
    created_at: '2026-11-23T21:33:14.659Z',
    started_at: '2026-11-23T21:33:14.663Z',
    finished_at: '2026-11-23T21:33:19.896Z',
  }
  const kind = 'slow-prediction'
  const slowResult = { ...predictRow(model, ones), model_version: tag }
  const header = resultHeader(model.info)
  const batchResult = {
    model_version: tag,
    rows: 2,
    failed_rows: 1,
    header,
    classes: classesOf(model.info),
    chunks: 1,
  }
  return {
    queued: {
      id: jobIds.queued,
      kind,
      state: 'queued',
      attempts: 0,
      model_version: tag,
      created_at: '2026-11-23T21:33:20.100Z',
      started_at: null,
      finished_at: null,
    },
    succeeded: {
      ...{
        id: jobIds.succeeded,
        kind,
        state: 'succeeded',
        attempts: 1,
        model_version: tag,
        ...times,
      },
      result: slowResult,
    },
    failed: {
      ...{ id: jobIds.failed, kind, state: 'failed', attempts: 3, model_version: tag, ...times },
      error: 'the worker ran out of memory',
    },
    cancelled: {
      id: jobIds.cancelled,
      kind,
      state: 'cancelled',
      attempts: 1,
      model_version: tag,
      ...times,
    },
    batch: {
      ...{
        id: jobIds.batch,
        kind: 'batch',
        state: 'succeeded',
        attempts: 1,
        model_version: tag,
        ...times,
      },
      result: batchResult,
    },
  } as const satisfies Record<string, Omit<JobDescription, 'id'> & { readonly id: string }>
}

/** The rows of a batch, of which the second cannot be scored, as CSV, and what comes of them. */
export const exampleBatch = ({ model }: StoredModel) => {
  const rows = [model.info.featureNames.map(() => '1'), model.info.featureNames.map(() => 'abc')]
  const lines = rows.map((row) => `${row.join(',')}\n`).join('')
  const format = { type: 'csv', columns: model.info.featureNames } as const
  return {
    csv: `${model.info.featureNames.map(csvCell).join(',')}\n${lines}`,
    output: scoreLines(model, format, lines, 1).output,
  }
}

const csvCell = (name: string) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
