import type { BatchFormat } from '../batches/batch-input.ts'
import type { RowBlock } from '../batches/row-block.ts'
import type { ModelInfo } from '../model-info.ts'

/** Finds where the rows of a batch end while it arrives. */
export type RowCutter = {
  /**
   * Takes the next part of the text.
   *
   * @throws BatchFormatError when the text cannot be divided into rows
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

/**
 * Reads some more rows of a text into a block, each with the place where it ends in the text.
 *
 * @returns whether there is more to read
 * @throws BatchFormatError when the text cannot be divided into rows
 */
export type RowSource = (block: RowBlock) => boolean

/** How the rows of a batch are written. One that cannot be read does not keep the others from being scored. */
export type LineProtocol<F extends BatchFormat> = {
  readonly name: F['type']
  /** @param onHeader gets the names of the columns, where there are such, once they are known */
  readonly createCutter: (onHeader: (columns: readonly string[]) => void) => RowCutter
  /**
   * @param text whole rows, each with its line end but perhaps the last
   * @throws BatchFormatError when the batch lacks what the model needs
   */
  readonly rows: (text: string, format: F, model: ModelInfo) => RowSource
}
