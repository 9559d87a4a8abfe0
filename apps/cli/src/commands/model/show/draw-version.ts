import type { Feature, ModelInfo, ModelOptions } from '@dsapi/inference'
import type { VersionSummary } from '@dsapi/registry'
import { formatInstant, printable, table } from '../../../terminal/output.ts'
import { outputInWords, sizeInWords, stateOf } from '../versions/version-words.ts'

/** Draws a version of a model for a terminal, and the other versions below it. */
export const drawVersion = (
  version: VersionSummary,
  versions: readonly VersionSummary[],
): string => {
  const { info } = version
  const parts = [
    lines(version)
      .map(([title, text]) => `${title.padEnd(9)}  ${printable(text)}`)
      .join('\n'),
  ]
  if (info !== undefined && !isPlain(info)) parts.push(drawFeatures(info.features))
  if (versions.length > 1) parts.push(drawVersions(versions))
  return parts.join('\n\n')
}

const lines = (version: VersionSummary): readonly (readonly [string, string])[] => {
  const { name, tag, info, format, size, sha256, createdAt, createdBy, options } = version
  const optionTexts = optionsInWords(options)
  return [
    ['version', `${tag}, stored ${formatInstant(createdAt)}${createdBy && ` by ${createdBy}`}`],
    ['model', name],
    ['state', stateOf(version)],
    ['format', info?.producer === undefined ? format : `${format}, made by ${info.producer}`],
    ['file', `${sizeInWords(size)}, SHA-256 ${sha256}`],
    ...(optionTexts === '' ? [] : [['options', optionTexts] as const]),
    ['samples', version.hasSamples ? 'checked at each load' : 'none'],
    ...(info === undefined ? [damaged] : infoLines(info)),
  ]
}

const damaged = ['problem', 'Its file is damaged, so it cannot be served'] as const

const infoLines = (info: ModelInfo): readonly (readonly [string, string])[] => [
  info.output.type === 'classes'
    ? ['classes', info.output.classes.join(', ')]
    : ['answers', outputInWords(info.output)],
  ...thresholdLine(info.output),
  ...(isPlain(info) ? [['features', `${info.features.length} numbers`] as const] : []),
  ...(info.warnings ?? []).map((warning) => ['warning', warning] as const),
]

const thresholdLine = (output: ModelInfo['output']): readonly (readonly [string, string])[] =>
  output.type === 'classes' && output.threshold !== undefined
    ? [['threshold', `${output.classes[1]} from a probability of ${output.threshold} on`]]
    : []

/** The features of a logistic regression are in the table of its coefficients. */
const isPlain = ({ format }: ModelInfo) => format === 'dsapi-logistic-regression'

const optionsInWords = (options: ModelOptions) =>
  Object.entries(options)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ')

const mostCategories = 8

const categoriesOf = ({ categories = [] }: Feature) => {
  const more = categories.length - mostCategories
  return categories.slice(0, mostCategories).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

const drawFeatures = (features: readonly Feature[]) => {
  const haveCategories = features.some(({ categories }) => categories !== undefined)
  return table(
    ['FEATURE', 'TYPE', 'MAY BE MISSING', ...(haveCategories ? ['VALUES'] : [])],
    features.map((feature) => [
      ...[feature.name, feature.type, feature.nullable ? 'yes' : 'no'],
      ...(haveCategories ? [categoriesOf(feature)] : []),
    ]),
  )
}

const drawVersions = (versions: readonly VersionSummary[]) =>
  table(
    ['VERSION', 'STATE', 'FORMAT', 'SIZE', 'STORED', 'BY'],
    versions.map((version) => [
      ...[version.tag, stateOf(version), version.format, sizeInWords(version.size)],
      ...[formatInstant(version.createdAt), version.createdBy || '-'],
    ]),
  )
