import { useSignal } from '@preact/signals'
import { type Problem, problemOf } from '../../api/problem.ts'
import type { ModelOutput } from '../../api/types.ts'
import { formatSpan } from '../../format.ts'
import type { Cell } from '../../snippets/literals.ts'
import { Facts } from '../../ui/facts.tsx'
import { ProblemBox } from '../../ui/problem-box.tsx'
import { AnswerView } from './answer-view.tsx'
import { askServer, type ServerAnswer } from './ask-server.ts'

type ServerPanelProps = {
  readonly model: string
  readonly cells: readonly Cell[]
  readonly output: ModelOutput
}

/** The server's answer to the row. */
export const ServerPanel = ({ model, cells, output }: ServerPanelProps) => {
  const answer = useSignal<{ readonly row: string; readonly of: ServerAnswer } | undefined>(
    undefined,
  )
  const problem = useSignal<Problem | undefined>(undefined)
  const row = JSON.stringify([model, cells])
  const ask = async () => {
    try {
      answer.value = { row, of: await askServer(model, [cells]) }
      problem.value = undefined
    } catch (error) {
      problem.value = problemOf(error)
    }
  }
  const isFresh = answer.value?.row === row
  const first = answer.value?.of.answers[0]
  return (
    <>
      <button type="button" class="main" onClick={ask}>
        Ask the server
      </button>
      {problem.value && <ProblemBox problem={problem.value} />}
      {answer.value !== undefined && first !== undefined && (
        <div class={isFresh ? 'server-answer' : 'server-answer stale'} role="status">
          {!isFresh && <p class="soft">The answer to the values before:</p>}
          <AnswerView output={output} answer={first} />
          <Facts
            of={[
              ['Time', formatSpan(answer.value.of.tookMs)],
              ['Model version', <code key="v">{answer.value.of.modelVersion ?? '–'}</code>],
              ['Request', <code key="r">{answer.value.of.requestId ?? '–'}</code>],
            ]}
          />
        </div>
      )}
    </>
  )
}
