import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readLines } from './read-lines.ts'

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
  for await (const lines of readLines(body, 1e6)) text += lines
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
