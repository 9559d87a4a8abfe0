import { type Feature, keptOutput, predictRow, resultHeader, scoreLines } from '@dsapi/inference'
import type { JobDescription } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'
import { exampleModel } from '../predict/example-model.ts'
import { exampleRow } from '../predict/example-rows.ts'

/** A job of each kind and end, as it is described. A test puts them into a database and asks for them. */
export const exampleJobs = ({ model, tag }: StoredModel) => {
  const times = {
    created_at: '2026-11-23T21:33:14.659Z',
    started_at: '2026-11-23T21:33:14.663Z',
    finished_at: '2026-11-23T21:33:19.896Z',
  }
  const kind = 'slow-prediction'
  const slowResult = {
    ...predictRow(exampleModel(model), exampleRow(model.info.features, 1)),
    model_version: tag,
  }
  const header = resultHeader(model.info)
  const batchResult = {
    model_version: tag,
    rows: 2,
    failed_rows: 1,
    header,
    ...keptOutput(model.info.output),
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
  const { features, featureNames } = model.info
  const rows = [exampleRow(features, 1).map(String), wrongCells(features)]
  const lines = rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('')
  const format = { type: 'csv', columns: featureNames } as const
  return {
    csv: `${featureNames.map(csvCell).join(',')}\n${lines}`,
    output: scoreLines(exampleModel(model), format, lines, 1).output,
  }
}

/** Cells that are no numbers or, where the model takes texts alone, one too many. */
const wrongCells = (features: readonly Feature[]) => {
  const cells = features.map(() => 'abc')
  return features.every(({ type }) => type === 'text') ? [...cells, 'abc'] : cells
}

const csvCell = (name: string) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
