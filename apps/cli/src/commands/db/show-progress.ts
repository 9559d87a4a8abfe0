import type { WriteStream } from 'node:tty'
import type { CopyProgress, CopyStage } from '@dsapi/db'
import { drawProgress, shareOf } from './draw-progress.ts'

/** How often the line of a terminal is updated, and how often a line is written without a terminal. */
const onTerminalMs = 100
const elsewhereMs = 10_000
/** Returns to the beginning of the line, and clears what is behind the text (ECMA-48: CR, EL). */
const rewrite = (text: string) => `\r${text}\u001b[K`

/** Shows the progress of a copy: on a terminal in one line that is updated, else in a line every ten seconds and at the end of each stage. */
export const showProgress = (
  stream: Pick<WriteStream, 'isTTY' | 'write' | 'columns'>,
): Disposable & { show: (progress: CopyProgress) => void; end: () => void } => {
  let stage: CopyStage | undefined
  let begunAt = 0
  let shownAt = 0
  let isLineOpen = false

  const end = () => {
    if (isLineOpen) stream.write('\n')
    isLineOpen = false
  }
  const show = (progress: CopyProgress) => {
    const now = performance.now()
    if (progress.stage !== stage) {
      end()
      stage = progress.stage
      begunAt = now
      shownAt = now
    }
    const isDone = shareOf(progress) === 1
    if (!isDone && now - shownAt < (stream.isTTY ? onTerminalMs : elsewhereMs)) return
    shownAt = now
    const text = drawProgress(progress, now - begunAt)
    stream.write(stream.isTTY ? rewrite(text.slice(0, stream.columns - 1)) : `${text}\n`)
    isLineOpen = stream.isTTY
  }
  return { show, end, [Symbol.dispose]: end }
}
