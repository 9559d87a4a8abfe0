import { write, writeSync } from 'node:fs'

const fd = 2
/** The most characters that wait for a slow reader. More are lost. */
const mostWaiting = 16 * 1024 * 1024
const pauseMs = 50
/** How often a full pipe is tried again when the process ends. */
const mostPauses = 20

type LogStream = { readonly write: (line: string) => void; readonly flushSync: () => void }

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EBUSY')

/**
 * Standard error as the destination of a log that never ends or blocks its process. Lines that cannot be written, because
 * the disk is full or the reader is gone, are lost. pino's own destination would end the process then, or retry for
 * ever at its end (sonic-boom 4).
 */
export const openStandardError = (): LogStream => {
  let waiting: string[] = []
  let length = 0
  let isWriting = false

  const take = () => {
    const bytes = Buffer.from(waiting.join(''))
    waiting = []
    length = 0
    return bytes
  }
  const writeAll = (bytes: Buffer) => {
    write(fd, bytes, (error, written) => {
      if (isFull(error)) setTimeout(writeAll, pauseMs, bytes)
      else if (error === null && written < bytes.length) writeAll(bytes.subarray(written))
      else writeNext()
    })
  }
  const writeNext = () => {
    if (waiting.length > 0) writeAll(take())
    else isWriting = false
  }
  const flushSync = () => {
    let bytes: Buffer = take()
    let pauses = 0
    while (bytes.length > 0) {
      try {
        bytes = bytes.subarray(writeSync(fd, bytes))
      } catch (error) {
        if (!isFull(error) || pauses++ === mostPauses) return
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
      }
    }
  }
  process.once('exit', () => {
    isWriting = true // The process ends: what is logged now waits for the next flush.
    flushSync()
  })
  return {
    write: (line) => {
      if (length > mostWaiting) return
      waiting.push(line)
      length += line.length
      if (isWriting) return
      isWriting = true
      // Not at once, because a flush, or the end of the process, writes the line better.
      setImmediate(writeNext)
    },
    flushSync,
  }
}
