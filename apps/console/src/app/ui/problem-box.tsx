import type { Problem } from '../api/problem.ts'
import { formatSpan } from '../format.ts'
import { now } from '../state/live.ts'
import { Copy } from './copy.tsx'
import { Icon } from './icon.tsx'

type ProblemBoxProps = {
  readonly problem: Problem
  /** When the next try is. */
  readonly nextTryAt?: number | undefined
  /** When the data came that is still shown. */
  readonly shownFrom?: number | undefined
}

/** The server's words for what went wrong, with the id that its log has. */
export const ProblemBox = ({ problem, nextTryAt, shownFrom }: ProblemBoxProps) => (
  <div class="problem" role="alert">
    <Icon name="warning" />
    <div>
      <p>{problem.message}</p>
      {problem.detail.length > 0 && (
        <ul>
          {problem.detail.map(({ field, message }) => (
            <li key={field}>
              {field !== '' && <strong>{field}: </strong>}
              {message}
            </li>
          ))}
        </ul>
      )}
      {(nextTryAt !== undefined || shownFrom !== undefined) && (
        <p class="soft" aria-hidden="true">
          {nextTryAt !== undefined && `The next try is in ${seconds(nextTryAt - now.value)}. `}
          {shownFrom !== undefined && `The data below is ${seconds(now.value - shownFrom)} old.`}
        </p>
      )}
      {problem.requestId !== undefined && (
        <p class="soft">
          Request <code>{problem.requestId}</code>
          <Copy text={problem.requestId} what="request id" />
        </p>
      )}
    </div>
  </div>
)

const seconds = (ms: number) => formatSpan(Math.max(0, Math.round(ms / 1000)) * 1000 || 1000)
