import type { Database } from '@dsapi/db'
import {
  type BatchFormat,
  type BatchResult,
  keptOutput,
  readBatchInput,
  resultHeader,
  type ScoredLines,
} from '@dsapi/inference'
import {
  type Handler,
  JobError,
  readInputChunks,
  removeOutputChunks,
  type Task,
  writeOutputChunks,
} from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Compute } from './compute.ts'
import type { JobModel } from './job-model.ts'

type BatchDeps = {
  readonly db: Database
  readonly modelOf: JobModel
  readonly compute: Compute
  /** The largest result, in bytes. */
  readonly maxResult: number
}

/**
 * Makes the handler of batches: scores one chunk after another, so that a batch of any length takes no more memory
 * than a chunk, and writes what came of each where the download will find it. All of a batch is scored with one
 * model; an attempt begins at the beginning. One that fails leaves no chunks of a result.
 */
export const batch =
  (deps: BatchDeps): Handler =>
  async (task): Promise<BatchResult> => {
    try {
      return await scoreBatch(deps, task)
    } catch (error) {
      // What takes the job over writes its own chunks over these.
      if (!task.signal.aborted || task.signal.reason === 'timeLimit') await removeOutputChunks(task)
      throw error
    }
  }

const scoreBatch = async (
  { db, modelOf, compute, maxResult }: BatchDeps,
  task: Task,
): Promise<BatchResult> => {
  const { format, chunks } = readBatchInput(task.input)
  const stored = await modelOf(task)
  const result = createResult(task, maxResult)
  let chunksRead = 0
  for await (const lines of readInputChunks(db, task.id, chunks)) {
    for await (const scored of scoreChunk(lines, format, stored, task, compute, result.nextRow)) {
      await result.write(scored)
    }
    task.report(++chunksRead / chunks)
  }
  const { tag, model } = stored
  const header = resultHeader(model.info)
  return { model_version: tag, ...result.counts(), header, ...keptOutput(model.info.output) }
}

/** Scores the lines of a chunk of the input, a chunk of the output at a time: that may be much longer. */
async function* scoreChunk(
  lines: string,
  format: BatchFormat,
  model: StoredModel,
  task: Task,
  compute: Compute,
  nextRow: () => number,
): AsyncGenerator<ScoredLines, void> {
  let rest = lines
  while (rest !== '') {
    const asked = { format, lines: rest, firstRow: nextRow() }
    const scored = await compute('batch', asked, model, task)
    if (scored.readTo === 0) throw new Error('A chunk of a batch was not read any further')
    yield scored
    rest = rest.slice(scored.readTo)
  }
}

/** What has come of a batch so far. */
const createResult = (task: Task, maxResult: number) => {
  let rows = 0
  let failedRows = 0
  let bytes = 0
  const chunks = writeOutputChunks(task)
  return {
    nextRow: () => rows + 1,
    counts: () => ({ rows, failed_rows: failedRows, chunks: chunks.count() }),
    /** @throws JobError when the result becomes too large */
    write: async (scored: ScoredLines): Promise<void> => {
      const { output: content } = scored
      rows += scored.rows
      failedRows += scored.failedRows
      bytes += Buffer.byteLength(content)
      if (bytes > maxResult) throw tooLarge(maxResult, rows, failedRows)
      if (content !== '') await chunks.write(content)
    },
  }
}

const tooLarge = (maxResult: number, rows: number, failedRows: number) =>
  new JobError(
    `The result is larger than ${maxResult} bytes, which is the most that a batch may leave. Of the first ${rows} rows, ${failedRows} could not be scored. Correct those rows, or submit the batch in several parts`,
    { isFinal: true },
  )
