import type { Label } from '@dsapi/model'

type Count = { readonly label: Label; trained: number; answered: number }

/** Counts how often each class is predicted, and how often the training data has it. */
export const countAnswers = (
  classes: readonly Label[],
  trained: readonly (readonly [label: Label, count: number])[],
) => {
  // Compared as text: a CSV file may have the number 1 where an imported model has the text "1".
  const counts = new Map<string, Count>()
  const countOf = (label: Label) => {
    const count = counts.get(String(label)) ?? { label, trained: 0, answered: 0 }
    counts.set(String(label), count)
    return count
  }
  for (const label of classes) countOf(label)
  let rows = 0
  for (const [label, count] of trained) {
    countOf(label).trained += count
    rows += count
  }
  let answers = 0
  return {
    add: (label: Label): void => {
      countOf(label).answered++
      answers++
    },
    shares: () =>
      [...counts.values()].map(({ label, ...count }) => ({
        class: label,
        expectedShare: count.trained / rows,
        actualShare: count.answered / answers,
      })),
  }
}
