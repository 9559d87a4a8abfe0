import type { RowSource } from '../line-protocol.ts'
import { createLineReader } from './row-reader.ts'

/** About how much is read at a time, in characters. */
const sliceLength = 2 ** 14

/** The rows of a text of NDJSON; lines of white space are left out. */
export const readNdjsonRows = (featureNames: readonly string[], text: string): RowSource => {
  const readLine = createLineReader(featureNames)
  let at = 0
  return (block) => {
    for (const until = at + sliceLength; at < Math.min(until, text.length); ) {
      const lineEnd = text.indexOf('\n', at)
      const end = lineEnd < 0 ? text.length : lineEnd
      const line = text.slice(at, end)
      at = Math.min(end + 1, text.length)
      if (line.trim() !== '') block.add(line, at, readLine)
    }
    return at < text.length
  }
}
