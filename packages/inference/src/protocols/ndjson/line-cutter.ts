import type { RowCutter } from '../line-protocol.ts'

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
