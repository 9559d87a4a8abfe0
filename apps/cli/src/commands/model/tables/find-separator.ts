import { readCsv } from '@dsapi/model'

/** The usual separators of fields. */
const candidates = [',', ';', '\t', '|'] as const

/** Of a longer header, only the beginning is examined. */
const maxHeader = 1_048_576

const excelLine = /^(\ufeff?)"?sep=([^"\r\n])"?(?=[\r\n])/i

/**
 * Finds the separator of the fields by the header: the one that gives the label's column, or else the one that gives
 * the most columns. A comma has precedence. The line `sep=;`, which Excel writes above the header, is followed, and left
 * blank so that the lines keep their numbers.
 *
 * @returns the separator, and all pieces, those already read included
 */
export const findSeparator = async (
  pieces: AsyncGenerator<string>,
  label: string,
): Promise<{ readonly separator: string; readonly pieces: AsyncIterable<string> }> => {
  let start = ''
  while (endOfHeader(start) === -1 && start.length < maxHeader) {
    const { value, done } = await pieces.next()
    if (done) break
    start += value
  }
  const named = excelLine.exec(start)
  if (named !== null) {
    const [line, mark, separator] = named
    return { separator, pieces: after(mark + start.slice(line.length), pieces) }
  }
  const end = endOfHeader(start)
  const separator = separatorOf(end === -1 ? start : start.slice(0, end), label)
  return { separator, pieces: after(start, pieces) }
}

async function* after(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start
  yield* rest
}

/** The end of the first line that is not blank, outside of quotes. */
const endOfHeader = (text: string) => {
  let isQuoted = false
  let hasText = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '"') isQuoted = !isQuoted
    const endsLine = character === '\n' || character === '\r'
    if (endsLine && !isQuoted && hasText) return i
    if (!endsLine && character !== ' ') hasText = true
  }
  return -1
}

const separatorOf = (header: string, label: string): string => {
  const columns = new Map(candidates.map((candidate) => [candidate, columnsOf(header, candidate)]))
  const withLabel = candidates.find((candidate) => {
    const names = columns.get(candidate) ?? []
    return names.length > 1 && names.includes(label)
  })
  if (withLabel !== undefined) return withLabel
  const lengthOf = (candidate: (typeof candidates)[number]) => columns.get(candidate)?.length ?? 0
  return candidates.reduce((best, candidate) =>
    lengthOf(candidate) > lengthOf(best) ? candidate : best,
  )
}

/** The names in the header; none if its quotes do not fit this separator. */
const columnsOf = (header: string, delimiter: string): readonly string[] => {
  try {
    return readCsv(header, { delimiter })[0]?.fields.map((name) => name.trim()) ?? []
  } catch {
    return []
  }
}
