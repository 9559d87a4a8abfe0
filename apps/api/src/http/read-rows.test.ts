import { csv, ndjson } from '@dsapi/inference'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readRows } from './read-rows.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }).setSystemTime(0))
afterEach(() => vi.useRealTimers())

/** A body of which a part comes each so many seconds. */
const slowly = (part: string, parts: number, seconds: number) =>
  new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        vi.advanceTimersByTime(seconds * 1000)
        if (parts-- > 0) controller.enqueue(Buffer.from(part))
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )

const read = async (body: ReadableStream<Uint8Array>) => {
  let text = ''
  for await (const lines of readRows(body, ndjson.createCutter(), { maxBytes: 1e6 })) text += lines
  return text
}

describe('a body', () => {
  test('that only trickles is given up', async () => {
    await expect(read(slowly('1\n', 100, 4))).rejects.toMatchObject({ code: 'request_timeout' })
  })

  test('may take as long as it comes on', async () => {
    const part = `${'1'.repeat(1023)}\n`
    expect(await read(slowly(part, 100, 20))).toHaveLength(102_400)
  })

  test('may be short', async () => {
    expect(await read(slowly('1\n', 3, 4))).toBe('1\n1\n1\n')
  })
})

/** A body that comes in parts of so many bytes. */
const inParts = (text: string, size: number) => {
  const bytes = Buffer.from(text)
  let at = 0
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + size))
      at += size
    },
  })
}

const csvPieces = async (text: string, size = 65_536) => {
  let columns: readonly string[] = []
  const cutter = csv.createCutter((found) => {
    columns = found
  })
  const pieces: string[] = []
  for await (const piece of readRows(inParts(text, size), cutter, { maxBytes: 1e8 })) {
    pieces.push(piece)
  }
  return { columns, pieces }
}

describe('a CSV', () => {
  test('is cut where a row ends, and not inside quotes', async () => {
    const row = '1,"line\r\nof text, ""quoted""",2\r\n'
    const rows = row.repeat(100_000)
    const { columns, pieces } = await csvPieces(`\uFEFFa,"the note",b\r\n${rows}`)
    expect(columns).toEqual(['a', 'the note', 'b'])
    expect(pieces.length).toBeGreaterThan(2)
    // A row may end before the second character of its line end.
    expect(pieces.join('').replace(/^\n/, '') === rows).toBe(true)
    for (const piece of pieces) {
      expect(piece.slice(0, 10)).toMatch(/^\n?1,"line/)
      expect(piece.slice(-10)).toMatch(/""",2\r\n?$/)
    }
  })

  test.each([1, 2, 3, 7])('may come in parts of %i bytes', async (size) => {
    const rows = '1,"é\n",2\n3,,4\n'
    const { columns, pieces } = await csvPieces(`x,"y ""z""",w\n${rows}`, size)
    expect(columns).toEqual(['x', 'y "z"', 'w'])
    expect(pieces.join('')).toBe(rows)
  })

  test.each([
    ['a quote without its end', 'a\n"1\n2\n', 'the quote on line 2 is never closed'],
    ['text after a quote', 'a\n1\n"1"2\n', 'line 3 has "2" after a closing quote'],
    ['a column that is there twice', 'a,b,a\n', 'The column "a" of the header is there twice'],
    ['a long cell', `a\n${'1'.repeat(1_200_000)}\n`, 'A row of the body is longer than 1 MiB'],
    ['a long text', `a\n"${'1\n'.repeat(1_000_000)}`, 'A row of the body is longer than 1 MiB'],
  ])('that has %s is refused', async (_, text, why) => {
    await expect(csvPieces(text)).rejects.toMatchObject({
      code: 'invalid_body',
      message: expect.stringContaining(why),
    })
  })
})
