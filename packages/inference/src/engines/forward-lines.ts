import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/** What a line has above this is left out: a log is no place for dumps. In characters. */
const longestLine = 2000

/**
 * Forwards what a stream says, a line at a time and without colours. Empty lines are left out. The stream keeps no
 * process alive.
 */
export const forwardLines = (stream: Readable, onLine: (line: string) => void): void => {
  let line = ''
  const add = (text: string) => {
    // A line that never ends must not fill the memory.
    if (line.length <= longestLine) line += text.slice(0, longestLine + 1)
  }
  const forward = () => {
    const text = stripVTControlCharacters(line).trimEnd()
    line = ''
    if (text.length > longestLine) onLine(`${text.slice(0, longestLine)}…`)
    else if (text !== '') onLine(text)
  }
  if (stream instanceof Socket) stream.unref()
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const [first, ...others] = text.split(/[\r\n]+/)
    add(first)
    for (const other of others) {
      forward()
      add(other)
    }
  })
  stream.on('end', forward)
}
