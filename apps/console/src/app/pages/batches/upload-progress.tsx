import { formatBytes, formatShare, formatSpan } from '../../format.ts'
import { now } from '../../state/live.ts'
import type { UploadState } from '../../state/use-upload.ts'

type UploadProgressProps = {
  readonly state: UploadState
  readonly onCancel: () => void
}

/** How much of a file has been sent, how fast, and how long the rest takes. */
export const UploadProgress = ({ state, onCancel }: UploadProgressProps) => {
  const { sentBytes, allBytes, startedAt } = state
  const seconds = Math.max(0.1, (now.value - startedAt) / 1000)
  const rate = sentBytes / seconds
  const isSent = sentBytes >= allBytes
  return (
    <div class="upload">
      <progress value={allBytes === 0 ? 1 : sentBytes / allBytes} aria-label="Upload" />
      <span>
        {isSent
          ? 'The file has been sent. The server stores it.'
          : `${formatShare(sentBytes / allBytes)} of ${formatBytes(allBytes)}`}
        {!isSent && sentBytes > 0 && (
          <small>
            {' '}
            {formatBytes(rate)}/s, {formatSpan(((allBytes - sentBytes) / rate) * 1000)} left
          </small>
        )}
      </span>
      <button type="button" onClick={onCancel}>
        Cancel upload
      </button>
    </div>
  )
}
