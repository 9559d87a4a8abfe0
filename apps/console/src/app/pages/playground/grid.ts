import type { ModelOutput } from '../../api/types.ts'
import { mixOf } from '../../plots/class-colours.ts'
import { type Domain, domainOf } from '../../plots/scale.ts'
import type { Grid } from '../../plots/surface.tsx'
import type { Answer } from './answers.ts'

/** Numbers from one end of a domain to the other, both among them. */
export const spread = ([low, high]: Domain, count: number): number[] =>
  Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1))

/** The colours and borders of answers over a grid of points, row by row from the top. */
export const gridOf = (
  answers: readonly Answer[],
  { width, height }: { readonly width: number; readonly height: number },
  output: ModelOutput,
): Grid => {
  if (output.type === 'classes')
    return { width, height, colours: answers.map(mixOf), borders: bordersOf(answers, output) }
  const values = answers.map(([value = Number.NaN]) => value)
  return { width, height, colours: coloursOfValues(values), borders: [] }
}

/** For two classes the threshold, else where a class begins to be the likeliest. */
const bordersOf = (
  answers: readonly Answer[],
  { classes, threshold = 0.5 }: Extract<ModelOutput, { type: 'classes' }>,
): number[][] => {
  if (classes.length === 2) return [answers.map(([, second = 0]) => second - threshold)]
  return classes.map((_, index) =>
    answers.map((answer) => {
      const others = answer.filter((_, other) => other !== index)
      return (answer[index] ?? 0) - Math.max(...others)
    }),
  )
}

/** From light to dark blue. */
const coloursOfValues = (values: readonly number[]) => {
  const [low, high] = domainOf(values)
  return values.map((value) => {
    const share = Number.isFinite(value) ? (value - low) / (high - low) : 0
    return [225 - 185 * share, 235 - 150 * share, 250 - 80 * share] as const
  })
}
