import { bar } from './bar.ts'

/** Commands that end sooner show none. */
const quietMs = 2000
/** It is drawn anew at most so often. */
const everyMs = 100

const barWidth = 24

/** What erases the line of a terminal, for the next text to begin at its start. */
const eraseLine = '\r\u001b[K'

export type Progress = {
  /**
   * @param share how much is done, from 0 to 1; undefined where that is not known
   * @param detail what stands behind the bar
   */
  readonly update: (share: number | undefined, detail: string) => void
  /** Erases it, so that other output begins on an empty line. */
  readonly end: () => void
}

/** A terminal, as far as it is drawn on. */
type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & {
  readonly write: (text: string) => unknown
}

/**
 * Shows on one line of standard error how far a command has come, from its third second on. Where standard error is no terminal,
 * nothing is written.
 *
 * @param what what is done, such as `reading`
 * @param now milliseconds since the command began
 */
export const startProgress = (
  what: string,
  terminal: Terminal = process.stderr,
  now: () => number = () => performance.now(),
): Progress => {
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    update: (share, detail) => {
      const at = now()
      if (!terminal.isTTY || at < quietMs || at - drawnAt < everyMs) return
      drawnAt = at
      const drawn = share === undefined ? '' : `${bar(share, barWidth).padEnd(barWidth)}  `
      const line = `${what}  ${drawn}${detail}`
      // A line that wraps could not be erased. Some terminals have a width of 0, which means that it is unknown.
      terminal.write(eraseLine + line.slice(0, (terminal.columns || 80) - 1))
    },
    end: () => {
      if (drawnAt > 0) terminal.write(eraseLine)
      drawnAt = Number.NEGATIVE_INFINITY
    },
  }
}
