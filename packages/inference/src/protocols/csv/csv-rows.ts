import { CsvParser, ModelError } from '@dsapi/model'
import { BatchFormatError } from '../../batches/batch-input.ts'
import type { RowBlock } from '../../batches/row-block.ts'
import type { Feature } from '../../model-info.ts'
import type { RowSource } from '../line-protocol.ts'
import { createCellReader } from './cell-reader.ts'

/** How much is taken apart at a time, in characters. */
const sliceLength = 2 ** 14

/** The rows of a text of CSV without its header; lines of white space are left out. */
export const readCsvRows = (
  features: readonly Feature[],
  columns: readonly string[],
  text: string,
): RowSource => {
  const readCells = createCellReader(features, columns)
  let block: RowBlock
  let at = 0
  const parser = new CsvParser(({ fields }, end) => {
    if (!isBlank(fields)) block.add(readCells(fields), end)
  })
  return (next) => {
    block = next
    try {
      parser.write(text.slice(at, at + sliceLength))
      at += sliceLength
      if (at >= text.length) parser.end()
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      throw new BatchFormatError(`The rows are not valid CSV: ${error.message}`)
    }
    return at < text.length
  }
}

/** A line of white space. An empty field was in quotes: without them there would be no record. */
const isBlank = (fields: readonly string[]) =>
  fields.length === 1 && fields[0] !== '' && fields[0].trim() === ''
