import type { Label } from '@dsapi/model'
import type { Row } from '../row.ts'
import type { ModelRuntime } from '../runtime.ts'
import { answerRows } from './answer-rows.ts'
import { type AnswerChanges, createChangeCounter } from './change-counter.ts'
import { createComparison } from './compare-answers.ts'
import { type AnswerScores, scoreAnswers } from './score-answers.ts'

/** A model, and rows in the order of its features. */
export type AskedRows = { readonly model: ModelRuntime; readonly rows: readonly Row[] }

/** How two models answer the same rows. */
export type ModelComparison = {
  /** The scores of each on the rows that both answer; undefined where there is none. */
  readonly scores: readonly [AnswerScores, AnswerScores] | undefined
  /** From the first to the second. The source of a row is its place, from 0. */
  readonly changes: AnswerChanges<number>
  /** The rows that the first model does not answer. They are not compared. */
  readonly refusedByFirst: number
}

/**
 * Has two models answer the same labelled rows.
 *
 * @param labels what is true of each row, as `scoreAnswers` takes it
 * @throws ModelError when labels and answers do not go together; Error where a model cannot be asked
 */
export const compareModels = async (
  first: AskedRows,
  second: AskedRows,
  labels: readonly Label[],
): Promise<ModelComparison> => {
  const before = await answerRows(first.model, first.rows)
  const after = await answerRows(second.model, second.rows)
  const compare = createComparison(first.model.info, second.model.info)
  const counter = createChangeCounter<number>()
  const both = { labels: [] as Label[], first: [] as Answer[], second: [] as Answer[] }
  let refusedByFirst = 0
  for (const [source, one] of before.entries()) {
    const other = after[source]
    if (one.type === 'refused') {
      refusedByFirst++
      continue
    }
    const row = second.rows[source]
    counter.add({ source, row, before: one.answer, after: other }, compare)
    if (other.type === 'refused') continue
    both.labels.push(labels[source])
    both.first.push(one.answer)
    both.second.push(other.answer)
  }
  const scores =
    both.labels.length === 0
      ? undefined
      : ([
          scoreAnswers(first.model.info, both.labels, both.first),
          scoreAnswers(second.model.info, both.labels, both.second),
        ] as const)
  return { scores, changes: counter.result(), refusedByFirst }
}

type Answer = Parameters<typeof scoreAnswers>[2][number]
