import type { Batch } from '../batch.ts'
import { computeBatch, computeBatchNow } from '../compute.ts'
import type { ModelInfo } from '../model-info.ts'
import { csv } from '../protocols/csv.ts'
import { rowsPerPiece } from '../protocols/dsapi-json/answer-size.ts'
import type { RowSource } from '../protocols/line-protocol.ts'
import { ndjson } from '../protocols/ndjson.ts'
import type { ModelRuntime } from '../runtime.ts'
import type { BatchFormat } from './batch-input.ts'
import { createResultWriter } from './result-lines.ts'
import { RowBlock } from './row-block.ts'
import { requireRowError, type ScoredRows, type Steps, scoreInHalves } from './score-in-halves.ts'

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
  while (!step.done) step = steps.next(computeNow(model, step.value))
  return step.value
}

const computeNow = (model: ModelRuntime, batch: Batch) => {
  try {
    return computeBatchNow(model, batch)
  } catch (error) {
    return requireRowError(error)
  }
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
  while (!step.done) step = steps.next(await compute(model, step.value))
  return step.value
}

const compute = async (model: ModelRuntime, batch: Batch) => {
  try {
    return await computeBatch(model, batch)
  } catch (error) {
    return requireRowError(error)
  }
}

function* scoreInSteps(
  model: ModelInfo,
  format: BatchFormat,
  text: string,
  firstRow: number,
): Steps<ScoredLines> {
  const rows = sourceOf(format, text, model)
  const output = createOutput(model, firstRow)
  for (let isMore = text !== ''; isMore; ) {
    const block = new RowBlock(model.features)
    isMore = rows(block)
    yield* output.score(block)
    if (output.isFull()) return output.written()
  }
  return { ...output.written(), readTo: text.length }
}

const sourceOf = (format: BatchFormat, text: string, model: ModelInfo): RowSource =>
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
    const answers: ScoredRows[] = []
    let place = 0
    for (const [index, problem] of block.problems.entries()) {
      if (isFull()) return
      const number = firstRow + rows++
      readTo = block.ends[index]
      if (problem !== undefined) {
        output += writer.failed(number, problem)
        failedRows++
        continue
      }
      if (answers.length === 0) answers.push(...(yield* scoreInHalves(requireNext(batches))))
      const [answer] = answers
      if (answer.type === 'scored') output += writer.scored(number, answer.predictions, place++)
      else {
        output += writer.failed(number, answer.problem)
        failedRows++
      }
      if (answer.type === 'refused' || place === answer.nRows) {
        answers.shift()
        place = 0
      }
    }
  }
  return { score, isFull, written: () => ({ output, rows, failedRows, readTo }) }
}

const requireNext = (batches: Generator<Batch, void>): Batch => {
  const next = batches.next()
  if (next.done) throw new Error('There are fewer rows in a block than it has')
  return next.value
}
