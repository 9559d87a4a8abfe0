import { CsvParser, ModelError } from '@dsapi/model'
import { BatchFormatError } from '../../batches/batch-input.ts'
import type { RowCutter } from '../line-protocol.ts'
import { shorten } from '../shorten.ts'

/**
 * Rows of CSV, whose fields may have line breaks in quotes.
 *
 * @param onHeader gets the names of the columns, once they are known
 */
export const createCsvCutter = (onHeader: (columns: readonly string[]) => void): RowCutter => {
  let firstRow: number | undefined
  let lastEnd = 0
  const parser = new CsvParser(({ fields }, end) => {
    lastEnd = end
    if (firstRow !== undefined) return
    firstRow = end
    onHeader(readHeader(fields))
  })
  return {
    write: (part) => inWords(() => parser.write(part)),
    end: () => inWords(() => parser.end()),
    firstRow: () => firstRow ?? Number.POSITIVE_INFINITY,
    lastEnd: () => lastEnd,
  }
}

const readHeader = (fields: readonly string[]): readonly string[] => {
  const columns = fields.map((name) => name.trim())
  const seen = new Set<string>()
  for (const name of columns) {
    // Names that no feature can have are those of columns that the model does not need. Several may have none.
    if (name !== '' && seen.has(name)) {
      const shown = JSON.stringify(shorten(name))
      throw new BatchFormatError(`The column ${shown} of the header is there twice`)
    }
    seen.add(name)
  }
  return columns
}

const inWords = (read: () => void) => {
  try {
    read()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    throw new BatchFormatError(`The batch is not valid CSV: ${error.message}`)
  }
}
