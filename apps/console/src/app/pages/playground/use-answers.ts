import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { type Problem, problemOf } from '../../api/problem.ts'
import type { Cell } from '../../snippets/literals.ts'
import { type Answer, answersOf } from './answers.ts'
import { askServer } from './ask-server.ts'
import type { Local } from './use-local-model.ts'

type Question = {
  readonly model: string
  /** The served version: another one answers anew. */
  readonly version: string
  readonly rows: readonly (readonly Cell[])[]
  readonly local: Local
}

type Answers = {
  readonly answers: readonly Answer[] | undefined
  readonly problem: Problem | undefined
}

/** While somebody types or drags, the server is not asked. */
const quietMs = 300

/** The answers to many rows: of the browser at once, or of the server a moment after the last change. */
export const useAnswers = ({ model, version, rows, local }: Question): Answers => {
  const text = JSON.stringify([model, version, rows])
  const answer = local.state === 'ready' ? local.model.answer : undefined
  const computed = useMemo(() => answersOf(answer, rows), [text, answer])
  const asked = useSignal<Answers>({ answers: undefined, problem: undefined })
  const isAsking = local.state !== 'loading' && computed === undefined
  useEffect(() => {
    if (!isAsking) return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      askServer(model, rows, abort.signal).then(
        ({ answers }) => {
          asked.value = { answers, problem: undefined }
        },
        (error: unknown) => {
          if (!abort.signal.aborted) asked.value = { ...asked.value, problem: problemOf(error) }
        },
      )
    }, quietMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [text, isAsking])
  return isAsking ? asked.value : { answers: computed, problem: undefined }
}
