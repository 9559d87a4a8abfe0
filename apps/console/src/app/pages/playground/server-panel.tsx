import { useSignal } from '@preact/signals'
import { type Problem, problemOf } from '../../api/problem.ts'
import type { ModelOutput } from '../../api/types.ts'
import { formatSpan } from '../../format.ts'
import type { Cell } from '../../snippets/literals.ts'
import { Badge } from '../../ui/badge.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ProblemBox } from '../../ui/problem-box.tsx'
import { AnswerView } from './answer-view.tsx'
import { type Answer, chosenOf, namesOf } from './answers.ts'
import { askServer, type ServerAnswer } from './ask-server.ts'

type ServerPanelProps = {
  readonly model: string
  readonly cells: readonly Cell[]
  readonly output: ModelOutput
  /** What the browser computed for the same row. */
  readonly local: Answer | undefined
}

/** The server's answer to the row, and whether the browser's is the same to the last bit. */
export const ServerPanel = ({ model, cells, output, local }: ServerPanelProps) => {
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
          {local === undefined ? (
            <AnswerView output={output} answer={first} />
          ) : (
            isFresh && <Agreement local={local} server={first} output={output} />
          )}
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

type AgreementProps = {
  readonly local: Answer
  readonly server: Answer
  readonly output: ModelOutput
}

const Agreement = ({ local, server, output }: AgreementProps) => {
  const isSame =
    local.length === server.length && local.every((value, index) => Object.is(value, server[index]))
  if (isSame)
    return (
      <p>
        <Badge tone="good">same</Badge> The server and this browser agree to the last bit.
      </p>
    )
  const chosen = chosenOf(output, server) ?? 0
  return (
    <>
      <p>
        <Badge tone="warn">different</Badge> The server answers {namesOf(output)[chosen]} with{' '}
        <code>{String(server[chosen])}</code>, this browser has <code>{String(local[chosen])}</code>
        .
      </p>
      <p class="soft">Another version may be served now, or a canary answered.</p>
    </>
  )
}
