import { TreesError } from '../errors.ts'
import { MAX_FEATURES } from '../features.ts'
import { quoteText } from '../quote-text.ts'
import { brokenLine, type Piece } from './lines.ts'
import { countTokens, fieldOf, integerOf } from './numbers.ts'
import type { Header } from './read-sections.ts'

export interface LightgbmHeader {
  readonly version: string
  /** Trees per iteration: one, or one a class. */
  readonly outputs: number
  readonly objective: string | undefined
  readonly objectiveLine: Piece
  /** Random forests: predictions are means. */
  readonly averages: boolean
  readonly names: readonly string[]
  readonly infos: readonly string[]
}

const VERSIONS = ['v2', 'v3', 'v4']
const MAX_OUTPUTS = 1_000_000

/** The fields before the trees (LightGBM, src/boosting/gbdt_model_text.cpp). */
export function readHeaderFields(header: Header): LightgbmHeader {
  const { lines, fields, start } = header
  const version = readVersion(header)
  const averages = fields.has('average_output')
  if (averages && version === 'v2')
    throw new TreesError(
      'unsupported_model',
      'Random forests of format v2 mean two things: LightGBM 2.1 averages predictions, 2.2 averages margins, and both ' +
        'write v2. Load the model with LightGBM 3 or newer, compare its predictions, and save it again.',
      { line: start.line },
    )
  const outputs = fields.has('num_tree_per_iteration')
    ? integerOf(header, 'num_tree_per_iteration', [1, MAX_OUTPUTS])
    : integerOf(header, 'num_class', [1, MAX_OUTPUTS])
  const count = integerOf(header, 'max_feature_idx', [0, MAX_FEATURES - 1]) + 1
  const objectiveLine = fields.get('objective')
  return {
    ...{ version, outputs, averages },
    objective: objectiveLine === undefined ? undefined : lines.text(objectiveLine).trim(),
    objectiveLine: objectiveLine ?? start,
    names: wordsOf(header, 'feature_names', count),
    infos: fields.has('feature_infos')
      ? wordsOf(header, 'feature_infos', count)
      : new Array(count).fill('none'),
  }
}

function readVersion(header: Header): string {
  const line = fieldOf(header, 'version')
  const version = header.lines.text(line).trim()
  if (VERSIONS.includes(version)) return version
  const message =
    `The model has the format ${quoteText(version)}, and ${VERSIONS.join(', ')} are read (line ${line.line}). ` +
    'Load it with LightGBM 3 or 4 and save it again.'
  throw new TreesError('unsupported_model', message, { line: line.line, offset: line.start })
}

function wordsOf(header: Header, name: string, count: number): readonly string[] {
  const line = fieldOf(header, name)
  const found = countTokens(header.lines.bytes, line)
  if (found !== count)
    throw brokenLine(
      line,
      `${name} has ${found} entries, but by max_feature_idx there are ${count} features`,
    )
  return header.lines
    .text(line)
    .split(/[ \t]+/)
    .filter((word) => word !== '')
}
