import type { Feature } from '../../model-info.ts'
import type { RowSource } from '../line-protocol.ts'
import type { UnknownMembers } from '../rows-protocol.ts'
import { readLine } from './row-reader.ts'

/** About how much is read at a time, in characters. */
const sliceLength = 2 ** 14

/** The rows of a text of NDJSON; lines of white space are left out. */
export const readNdjsonRows = (
  features: readonly Feature[],
  text: string,
  unknownMembers: UnknownMembers,
): RowSource => {
  let at = 0
  return (block) => {
    const until = Math.min(at + sliceLength, text.length)
    while (at < until && !block.isFull()) {
      const lineEnd = text.indexOf('\n', at)
      const end = lineEnd < 0 ? text.length : lineEnd
      const line = text.slice(at, end)
      at = Math.min(end + 1, text.length)
      if (line.trim() !== '') block.add(readLine(features, line, unknownMembers), at)
    }
    return at < text.length
  }
}
