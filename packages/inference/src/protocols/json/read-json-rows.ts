import type { Batch } from '../../batch.ts'
import { BatchBuilder } from '../../batch-builder.ts'
import type { Feature } from '../../model-info.ts'
import { inPieces } from './json-pieces.ts'
import { Stopped } from './json-problem.ts'
import { createRowReader } from './json-row.ts'
import type { Span } from './json-span.ts'
import { mostCells } from './most-cells.ts'
import { isArrayAt } from './read-members.ts'
import type { RowLayout } from './row-layout.ts'
import { Wrong } from './wrong.ts'

/**
 * Reads rows from a JSON array. Only some of them are JSON values at a time.
 *
 * @throws what `jsonProblem` knows
 */
export const readJsonRows = (
  json: Uint8Array,
  span: Span,
  features: readonly Feature[],
  layout: RowLayout,
): Batch => {
  const { field } = layout
  const length = span.end - span.start
  const most = mostCells(length) / features.length
  if (!isArrayAt(json, span)) throw new Stopped(new Wrong(field, 'must be an array of rows'))
  // Each value takes two bytes at least.
  const builder = new BatchBuilder(features, Math.ceil(length / (2 * features.length)))
  const readRow = createRowReader(features, layout)
  inPieces(json, span, true, (values) => {
    for (const value of values) {
      if (builder.nRows >= most) {
        throw new Stopped(new Wrong(field, 'has too many rows that lack most of the features'))
      }
      builder.add(readRow(value, builder.nRows))
    }
  })
  return builder.batch()
}
