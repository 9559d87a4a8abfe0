import { CsvParser, ModelError } from '@dsapi/model'
import { BatchFormatError } from './batch-input.ts'
import { shorten } from './shorten.ts'

/** Finds where the rows of a batch end while it arrives. */
export type RowCutter = {
  /**
   * Takes the next part of the text.
   *
   * @throws BatchFormatError when the text cannot be told apart into rows
   */
  readonly write: (part: string) => void
  /**
   * Says that the text ends here.
   *
   * @throws BatchFormatError when it ends in the middle of a row
   */
  readonly end: () => void
  /** Where the first row begins: after the header, if there is one. In characters of the text. */
  readonly firstRow: () => number
  /** Where the last whole row ends. */
  readonly lastEnd: () => number
}

/** Rows of JSON: one a line, for JSON has no line breaks in its texts. */
export const createLineCutter = (): RowCutter => {
  let length = 0
  let lastEnd = 0
  return {
    write: (part) => {
      const lineEnd = part.lastIndexOf('\n')
      if (lineEnd >= 0) lastEnd = length + lineEnd + 1
      length += part.length
    },
    end: () => {},
    firstRow: () => 0,
    lastEnd: () => lastEnd,
  }
}

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
