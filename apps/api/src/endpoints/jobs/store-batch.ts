import { createHash, type Hash } from 'node:crypto'
import {
  type BatchFormat,
  type BatchInput,
  csv,
  ndjson,
  placesOf,
  refuseOtherColumns,
  type UnknownMembers,
} from '@dsapi/inference'
import type { ChunkWriter } from '@dsapi/queue'
import { withoutKeys } from '@dsapi/telemetry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { readRows, readText } from '../../http/read-rows.ts'

type BatchBody = { readonly type: BatchFormat['type']; readonly maxBytes: number }

type StoredBatch = BatchBody & {
  readonly features: readonly string[]
  readonly unknownMembers: UnknownMembers
}

/** A hash of what makes two batches the same: the way in which rows are written, and the text. */
const begin = (type: BatchFormat['type']): Hash => createHash('sha256').update(type)

/** Reads a batch that came before, and stores nothing of it. */
export const hashBatch = async (
  context: Context<Env>,
  { type, maxBytes }: BatchBody,
): Promise<string> => {
  const hash = begin(type)
  for await (const text of readText(context.req.raw.body, maxBytes)) hash.update(text)
  return hash.digest('hex')
}

/**
 * Stores the rows of a batch as they arrive, a chunk at a time.
 *
 * @param options.features what the model needs
 * @param options.unknownMembers what is done about columns and members that are no features
 * @throws ApiError as `readRows` does, and `invalid_body` for a batch without rows, without columns that the model needs, or
 *   with others where those are refused
 */
export const storeBatch = async (
  context: Context<Env>,
  writer: ChunkWriter,
  { type, maxBytes, features, unknownMembers }: StoredBatch,
): Promise<{ readonly input: BatchInput; readonly hash: string }> => {
  const hash = begin(type)
  let format: BatchFormat = { type: 'ndjson', unknownMembers }
  const cutter =
    type === 'ndjson'
      ? ndjson.createCutter()
      : csv.createCutter((columns) => {
          placesOf(columns, features)
          if (unknownMembers === 'refused') refuseOtherColumns(columns, features)
          format = { type: 'csv', columns: columns.map((name) => withoutKeys(name)) }
        })
  const onText = (text: string) => void hash.update(text)
  for await (const content of readRows(context.req.raw.body, cutter, { maxBytes, onText })) {
    if (content.trim() !== '') await writer.write(content)
  }
  const chunks = writer.count()
  if (chunks === 0) throw new ApiError('invalid_body', 'The batch has no rows')
  return { input: { format, chunks }, hash: hash.digest('hex') }
}
