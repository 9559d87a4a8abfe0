import type { Batch } from '../batch.ts'
import { computeBatch, computeBatchNow } from '../compute.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Predictions } from '../predictions.ts'
import { csv } from '../protocols/csv.ts'
import { rowsPerPiece } from '../protocols/dsapi-json/answer-size.ts'
import type { RowSource } from '../protocols/line-protocol.ts'
import { ndjson } from '../protocols/ndjson.ts'
import type { ModelRuntime } from '../runtime.ts'
import type { BatchFormat } from './batch-input.ts'
import { createResultWriter } from './result-lines.ts'
import { RowBlock } from './row-block.ts'

/** What came of some rows, as lines of CSV in the same order, and how many there were. */
export type ScoredLines = {
  readonly output: string
  readonly rows: number
  /** How many of them could not be scored; the last cell of each says why. */
  readonly failedRows: number
  /** How many characters of the text were read; the rest waits until the output is written. */
  readonly readTo: number
}

/** The length of an output, except its last row, in characters. So much is held in memory at a time. */
const mostOutput = 2 ** 20

/**
 * Scores rows of a batch, until the output is about a megabyte; empty lines are left out.
 *
 * @param text whole rows, each with its line end but perhaps the last
 * @param firstRow the number of the first row
 * @throws BatchFormatError when the text cannot be divided into rows, or they lack a column that the model needs
 */
export const scoreLines = (
  model: ModelRuntime,
  format: BatchFormat,
  text: string,
  firstRow: number,
): ScoredLines => {
  const steps = scoreInSteps(model.info, format, text, firstRow)
  let step = steps.next()
  while (!step.done) step = steps.next(computeBatchNow(model, step.value))
  return step.value
}

/** As `scoreLines`, with a model that may compute in its own time. */
export const scoreLinesInTime = async (
  model: ModelRuntime,
  format: BatchFormat,
  text: string,
  firstRow: number,
): Promise<ScoredLines> => {
  const steps = scoreInSteps(model.info, format, text, firstRow)
  let step = steps.next()
  while (!step.done) step = steps.next(await computeBatch(model, step.value))
  return step.value
}

/** Gives batches away, and takes the predictions for them. */
type Steps<T> = Generator<Batch, T, Predictions>

function* scoreInSteps(
  model: ModelInfo,
  format: BatchFormat,
  text: string,
  firstRow: number,
): Steps<ScoredLines> {
  const rows = rowsOf(format, text, model)
  const output = createOutput(model, firstRow)
  for (let isMore = text !== ''; isMore; ) {
    const block = new RowBlock(model.featureNames.length)
    isMore = rows(block)
    yield* output.score(block)
    if (output.isFull()) return output.written()
  }
  return { ...output.written(), readTo: text.length }
}

const rowsOf = (format: BatchFormat, text: string, model: ModelInfo): RowSource =>
  format.type === 'csv' ? csv.rows(text, format, model) : ndjson.rows(text, format, model)

const createOutput = (model: ModelInfo, firstRow: number) => {
  const writer = createResultWriter(model)
  const mostRows = rowsPerPiece(model)
  let output = ''
  let rows = 0
  let failedRows = 0
  let readTo = 0
  const isFull = () => output.length >= mostOutput

  /** What a block has behind the row that makes the output long enough is left for another time. */
  function* score(block: RowBlock): Steps<void> {
    const batches = block.batches(mostRows)
    let predictions: Predictions | undefined
    let place = 0
    for (const [index, problem] of block.problems.entries()) {
      if (isFull()) return
      const number = firstRow + rows
      if (problem !== undefined) {
        output += writer.failed(number, problem)
        failedRows++
      } else {
        if (predictions === undefined || place === predictions.nRows) {
          const next = batches.next()
          if (next.done) throw new Error('There are fewer rows in a block than it has')
          predictions = yield next.value
          place = 0
        }
        output += writer.scored(number, predictions, place++)
      }
      rows++
      readTo = block.ends[index]
    }
  }
  return { score, isFull, written: () => ({ output, rows, failedRows, readTo }) }
}
