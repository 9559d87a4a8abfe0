import { brokenLine, type Lines, type Piece } from './lines.ts'
import type { Section } from './numbers.ts'

/** The first lines, up to the first tree. */
export interface Header extends Section {
  /** The line that ends it. */
  readonly next: Piece | undefined
}

/** The header and each tree have fewer fields than this; more of them is a file that is none. */
const MAX_FIELDS = 64

export function readHeader(lines: Lines): Header {
  const start = lines.next() ?? { start: 0, end: 0, line: 1 }
  const fields = new Map<string, Piece>()
  for (;;) {
    const line = lines.next()
    if (line === undefined || endsHeader(lines, line)) return { lines, fields, start, next: line }
    if (fields.size === MAX_FIELDS) throw brokenLine(line, 'The header has too many fields')
    if (line.end > line.start) fields.set(...lines.split(line))
  }
}

const endsHeader = (lines: Lines, line: Piece) =>
  lines.startsWith(line, 'Tree=') || endsTrees(lines, line)

/** `end of trees` since 2.2; before, the importances followed the trees at once. */
export const endsTrees = (lines: Lines, line: Piece) =>
  lines.startsWith(line, 'end of trees') ||
  lines.startsWith(line, 'feature importances:') ||
  lines.startsWith(line, 'feature_importances:')

/** Reads the fields of a tree, whose first line `Tree=` has been read, up to the empty line behind them. */
export function readTreeSection(lines: Lines, start: Piece, tree: number): Section {
  const [, number] = lines.split(start)
  if (lines.text(number).trim() !== String(tree))
    throw brokenLine(start, `Tree ${tree} was expected`, tree)
  const fields = new Map<string, Piece>()
  for (;;) {
    const line = lines.next()
    if (line === undefined || line.end === line.start) return { lines, fields, start, tree }
    if (fields.size === MAX_FIELDS) throw brokenLine(line, 'The tree has too many fields', tree)
    fields.set(...lines.split(line))
  }
}

/** What the file says after its trees. */
export interface Tail {
  /** `categorical_feature` of the training's parameters: the places of the columns. */
  readonly categoricalFeature: Piece | undefined
  readonly pandasCategorical: Piece | undefined
}

export function readTail(lines: Lines): Tail {
  let categoricalFeature: Piece | undefined
  let pandasCategorical: Piece | undefined
  let open: Piece | undefined
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (lines.startsWith(line, 'parameters:')) open = line
    else if (lines.startsWith(line, 'end of parameters')) open = undefined
    else if (lines.startsWith(line, CATEGORICAL)) categoricalFeature = behind(line, CATEGORICAL)
    else if (lines.startsWith(line, PANDAS)) pandasCategorical = behind(line, PANDAS)
  }
  if (open !== undefined) throw brokenLine(open, 'The file ends within the parameters')
  return { categoricalFeature, pandasCategorical }
}

const CATEGORICAL = '[categorical_feature: '
const PANDAS = 'pandas_categorical:'

const behind = (line: Piece, prefix: string): Piece => ({
  ...line,
  start: line.start + prefix.length,
})
