import { type Database, findChunk, putChunk } from '@dsapi/db'
import type { Handler } from '@dsapi/queue'
import { type BatchResult, readBatchInput, resultHeader } from '@dsapi/registry'
import type { Compute } from './compute.ts'
import type { JobModel } from './job-model.ts'

/**
 * Makes the handler of batches: scores one chunk of lines after another, so that a batch of any length
 * takes no more memory than a chunk, and writes what came of each where the download will find it. All of
 * a batch is scored with one model; an attempt begins at the beginning.
 */
export const batch =
  (db: Database, modelOf: JobModel, compute: Compute): Handler =>
  async (task): Promise<BatchResult> => {
    const { format, chunks } = readBatchInput(task.input)
    const model = await modelOf(task)
    let rows = 0
    let failedRows = 0
    for (let position = 0; position < chunks; position++) {
      const lines = await findChunk(db, { jobId: task.id, part: 'input', position })
      if (lines === undefined) throw new Error(`Chunk ${position} of batch ${task.id} is missing`)
      const asked = { format, lines, firstRow: rows + 1 }
      const scored = await compute('batch', asked, model, task)
      await task.write((transaction) => {
        const place = { jobId: task.id, part: 'output', position } as const
        return putChunk(transaction, place, { content: scored.output, now: Date.now() })
      })
      rows += scored.rows
      failedRows += scored.failedRows
      task.report((position + 1) / chunks)
    }
    const header = resultHeader(model.model)
    return { model_version: model.tag, rows, failed_rows: failedRows, header, chunks }
  }
