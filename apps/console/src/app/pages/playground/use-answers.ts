import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Problem, problemOf } from '../../api/problem.ts'
import type { Cell } from '../../snippets/literals.ts'
import type { Answer } from './answers.ts'
import { askServer } from './ask-server.ts'

type Question = {
  readonly model: string
  /** The served version: another one answers anew. */
  readonly version: string
  readonly rows: readonly (readonly Cell[])[]
}

type Answers = {
  readonly answers: readonly Answer[] | undefined
  readonly problem: Problem | undefined
}

/** While somebody types or drags, the server is not asked. */
const quietMs = 300

/** The answers to many rows: of the server, a moment after the last change. */
export const useAnswers = ({ model, version, rows }: Question): Answers => {
  const text = JSON.stringify([model, version, rows])
  const asked = useSignal<Answers>({ answers: undefined, problem: undefined })
  useEffect(() => {
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
  }, [text])
  return asked.value
}
