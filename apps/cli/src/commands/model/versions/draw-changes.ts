import type { AnswerChanges, ChangedRow, Prediction, Row } from '@dsapi/inference'
import { bar, percent } from '../../../terminal/bar.ts'
import { table } from '../../../terminal/output.ts'

type Titles<Source> = {
  /** The titles of the columns that say where a row is from, and their cells. */
  readonly source: readonly string[]
  readonly cellsOf: (source: Source) => readonly string[]
  readonly before: string
  readonly after: string
  readonly featureNames: readonly string[]
}

/** Draws what changes from one version to another, for a terminal. */
export const drawChanges = <Source>(
  changes: AnswerChanges<Source>,
  titles: Titles<Source>,
): string => {
  const parts = [drawCounts(changes)]
  if (changes.rows > 0) parts.push(drawDifferences(changes))
  if (changes.worst.length > 0) parts.push(drawWorst(changes.worst, titles))
  if (changes.refusals.length > 0) parts.push(drawRefusals(changes, titles))
  return parts.join('\n\n')
}

const drawCounts = ({ rows, changed, refused }: AnswerChanges<unknown>) =>
  table(
    ['ROWS', '', 'SHARE'],
    [
      ['answered by both', String(rows), ''],
      ['different answers', String(changed), rows === 0 ? '-' : percent(changed / rows)],
      ...(refused === 0
        ? []
        : [['no answer any more', String(refused), percent(refused / (rows + refused))]]),
    ],
  )

const drawDifferences = ({ rows, differences }: AnswerChanges<unknown>) => {
  const last = differences.findLastIndex((one) => one.rows > 0)
  return table(
    ['DIFFERENCE', 'ROWS', 'SHARE', ''],
    differences
      .slice(0, last + 1)
      .map(({ upTo, rows: count }) => [
        upTo === 0 ? 'none' : `up to ${upTo}`,
        ...[String(count), percent(count / rows), bar(count / rows)],
      ]),
  )
}

/** How many features of a row are shown. */
const mostFeatures = 6

const drawWorst = <Source>(worst: readonly ChangedRow<Source>[], titles: Titles<Source>) => {
  const names = titles.featureNames.slice(0, mostFeatures)
  const more = titles.featureNames.length - names.length
  return table(
    [
      ...[...titles.source, titles.before, titles.after, 'DIFFERENCE', ...names],
      ...(more > 0 ? [`AND ${more} MORE`] : []),
    ],
    worst.map(({ source, row, before, after, size }) => [
      ...[...titles.cellsOf(source), inWords(before), inWords(after), size.toPrecision(3)],
      ...row.slice(0, names.length).map(cellInWords),
      ...(more > 0 ? ['…'] : []),
    ]),
  )
}

const drawRefusals = <Source>(
  { refusals }: AnswerChanges<Source>,
  { source, cellsOf }: Titles<Source>,
) =>
  table(
    [...source, 'NO ANSWER, BECAUSE'],
    refusals.map((refusal) => [...cellsOf(refusal.source), refusal.problem]),
  )

const longestCell = 24

const cellInWords = (cell: Row[number]) => {
  const text = cell === null ? '(missing)' : String(cell)
  return text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text
}

const number = (value: number) => String(Number(value.toPrecision(6)))

/** An answer in a few characters: a class with its probability, or values. */
const inWords = (answer: Prediction): string => {
  if ('class' in answer) {
    return `${answer.class} (${Math.max(...answer.class_probabilities).toFixed(3)})`
  }
  if ('value' in answer) return number(answer.value)
  return Object.entries(answer.values)
    .map(([name, value]) => `${name} ${number(value)}`)
    .join(', ')
}
