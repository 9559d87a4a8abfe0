import type { ComponentChildren } from 'preact'
import type { Asked } from '../state/use-asked.ts'
import { ProblemBox } from './problem-box.tsx'

type LoadedProps<T> = {
  readonly of: Asked<T>
  /** What is shown if there is nothing: one sentence and the next step. */
  readonly empty?: (data: T) => ComponentChildren | undefined
  readonly children: (data: T) => ComponentChildren
}

/** The four states of data: it is loading, there is none, it could not be had, or it is there, perhaps from before. */
export const Loaded = <T,>({ of, empty, children }: LoadedProps<T>) => {
  const { data, problem, at, nextTryAt, isLoading } = of
  const failure = problem && (
    <ProblemBox
      problem={problem}
      nextTryAt={nextTryAt}
      shownFrom={data === undefined ? undefined : at}
    />
  )
  if (data === undefined) {
    if (problem) return failure
    return (
      <div class="loading" aria-busy="true">
        <span class="unseen">Loading</span>
        <i />
        <i />
        <i />
      </div>
    )
  }
  const nothing = empty?.(data)
  return (
    <div aria-busy={isLoading} class="loaded">
      {failure}
      {nothing === undefined ? children(data) : <div class="empty">{nothing}</div>}
    </div>
  )
}
