import { compareModels, type ModelComparison, type ModelInfo } from '@dsapi/inference'
import { withOwnDatabase } from '../../../database/with-database.ts'
import { CliError, UsageError } from '../../../terminal/cli-error.ts'
import { type Json, print, printJson, say, table } from '../../../terminal/output.ts'
import { readLabelledRows } from '../tables/labelled-rows.ts'
import { standardInput } from '../tables/read-bytes.ts'
import type { TableLayout } from '../tables/table-options.ts'
import { drawChanges } from '../versions/draw-changes.ts'
import { namedScores } from '../versions/draw-scores.ts'
import { labelsFor } from '../versions/labels-for.ts'
import { referenceOf } from '../versions/version-words.ts'
import { withVersions } from '../versions/with-versions.ts'

type Version = { readonly name: string; readonly version: number }

type CompareArguments = Json &
  TableLayout & {
    readonly data: string
    readonly label: string
  }

export const compare = async (
  first: Version,
  second: Version,
  { json, ...source }: CompareArguments,
): Promise<void> => {
  // Each of the two versions reads the rows in the types of its own features.
  if (source.data === standardInput) {
    throw new UsageError('compare reads the rows twice, so it needs a file: --data FILE')
  }
  const compared = await withOwnDatabase((db) =>
    withVersions(db, [first, second], async ([one, other]) => {
      const names = [referenceOf(first), referenceOf(second)] as const
      const infos = [one.model.info, other.model.info] as const
      checkComparable(names, infos)
      const label = source.label.trim()
      const read = ({ features }: ModelInfo) =>
        readLabelledRows(source.data, label, features, source)
      const [own, others] = [await read(infos[0]), await read(infos[1])]
      const labels = labelsFor(infos[0], own)
      const comparison = await compareModels(
        { model: one.model, rows: own.rows },
        { model: other.model, rows: others.rows },
        labels,
      )
      const { featureNames } = infos[1]
      return { names, comparison, featureNames, lines: own.lines, labels: own.labels }
    }),
  )
  if (json) return printJson(describe(compared))
  const { names, lines } = compared
  say(`${lines.length} rows of ${source.data}, answered by ${names[0]} and ${names[1]}\n`)
  print(draw(compared))
}

type Compared = {
  readonly names: readonly [string, string]
  readonly comparison: ModelComparison
  readonly featureNames: readonly string[]
  readonly lines: readonly number[]
  readonly labels: readonly string[]
}

const checkComparable = (
  names: readonly [string, string],
  [one, other]: readonly [ModelInfo, ModelInfo],
) => {
  const answers = ({ output }: ModelInfo) =>
    output.type === 'values'
      ? 'values'
      : `classes that are ${typeof output.classes[0] === 'number' ? 'numbers' : 'texts'}`
  if (answers(one) === answers(other)) return
  throw new CliError(
    `${names[0]} answers with ${answers(one)} and ${names[1]} with ${answers(other)}, so they cannot be compared`,
  )
}

const draw = ({ names, comparison, featureNames, lines, labels }: Compared) => {
  const { scores, changes, refusedByFirst } = comparison
  const parts = [
    drawChanges(changes, {
      source: ['LINE', 'LABEL'],
      cellsOf: (place) => [String(lines[place]), labels[place]],
      before: names[0],
      after: names[1],
      featureNames,
    }),
  ]
  if (scores !== undefined) {
    const [one, other] = scores.map(namedScores)
    parts.unshift(
      table(
        ['SCORE', ...names],
        one.map(([name, score], k) => [name, score, other[k][1]]),
      ),
    )
  }
  if (refusedByFirst > 0) {
    parts.push(`${refusedByFirst} rows have no answer by ${names[0]} and were not compared.`)
  }
  return parts.join('\n\n')
}

const describe = ({ names, comparison, lines, labels }: Compared) => {
  const { scores, changes, refusedByFirst } = comparison
  const { worst, refusals, ...counts } = changes
  return {
    rows: lines.length,
    scores: scores && Object.fromEntries(names.map((name, k) => [name, scores[k]])),
    changes: {
      ...counts,
      worst: worst.map(({ source, ...row }) => ({
        ...{ line: lines[source], label: labels[source] },
        ...row,
      })),
      refusals: refusals.map(({ source, problem }) => ({ line: lines[source], problem })),
    },
    refusedByFirst,
  }
}
