import type { WriteStream } from 'node:tty'
import type { CopyProgress, CopyStage } from '@dsapi/db'
import { drawProgress, shareOf } from './draw-progress.ts'

/** How often a line of a terminal is written anew, and how often a line is written where there is none. */
const onTerminalMs = 100
const elsewhereMs = 10_000
/** Back to the beginning of the line, and what stands behind the cursor away (ECMA-48: CR, EL). */
const rewrite = (text: string) => `\r${text}\u001b[K`

/** Shows how far a copy has come: in one line on a terminal, else in one now and then, and at the end of each stage. */
export const showProgress = (
  stream: Pick<WriteStream, 'isTTY' | 'write' | 'columns'>,
): { show: (progress: CopyProgress) => void; end: () => void } => {
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
  return { show, end }
}
