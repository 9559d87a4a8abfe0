import { toBytes } from '../document/utf8.ts'
import { TreesError } from '../errors.ts'
import { ForestBuilder } from '../evaluate/forest-builder.ts'
import { createForestPredictor } from '../evaluate/forest-predictor.ts'
import { asDoubles } from '../evaluate/prepare-rows.ts'
import { warnOfDuplicates } from '../features.ts'
import { expectFormat } from '../recognise-format.ts'
import { finish, type Steps } from '../steps.ts'
import { TreeEnsemble, type TreeEnsembleFacts } from '../tree-ensemble.ts'
import { describeFeatures, findCategorical } from './describe-features.ts'
import { brokenLine, Lines } from './lines.ts'
import { countTokens } from './numbers.ts'
import { readObjective } from './objectives.ts'
import { type LightgbmHeader, readHeaderFields } from './read-header-fields.ts'
import { readPandasCategorical } from './read-pandas-categorical.ts'
import { endsTrees, type Header, readHeader, readTail, readTreeSection } from './read-sections.ts'
import { readTree } from './read-tree.ts'

/**
 * Reads a model that LightGBM has saved as text (`booster.save_model('model.txt')`), of format v4 or v3, or v2 where
 * it has only one meaning.
 *
 * @throws TreesError with the line and byte, or the tree and its node; splits are the nodes 0 to n - 2 of a tree, its
 * leaves the nodes n - 1 to 2n - 2
 */
export const readLightgbm = (source: Uint8Array | string): TreeEnsemble =>
  finish(readLightgbmInSteps(source))

/** As `readLightgbm`, in steps. @throws TreesError in one of them */
export function* readLightgbmInSteps(source: Uint8Array | string): Steps<TreeEnsemble> {
  const bytes = toBytes(source)
  expectFormat(bytes, ['lightgbm-text'])
  const lines = new Lines(bytes)
  const section = readHeader(lines)
  const header = readHeaderFields(section)
  const { builder, missing, categorical } = yield* readForest(section, header)
  const tail = readTail(lines)
  const objective = readObjective(header.objective, header.objectiveLine, header.outputs)
  const iterations = builder.trees / header.outputs
  const pandas = readPandasCategorical(lines, tail.pandasCategorical, header.names.length)
  const columns = findCategorical(lines, header.infos, tail.categoricalFeature, categorical)
  const features = describeFeatures(header.names, columns, pandas)
  const facts: TreeEnsembleFacts = {
    format: 'lightgbm-text',
    producer: `LightGBM (model format ${header.version})`,
    booster: 'tree',
    objective: header.objective,
    output: objective.output,
    outputs: header.outputs,
    featureCount: header.names.length,
    missing,
    precision: 'float64',
    trees: builder.trees,
    usedTrees: builder.trees,
    nodes: builder.nodes,
    warnings: [...features.warnings, ...warnOfDuplicates(header.names)],
  }
  const outputs = Int32Array.from({ length: builder.trees }, (_, tree) => tree % header.outputs)
  return new TreeEnsemble(facts, {
    predictor: createForestPredictor(builder.build(outputs), {
      featureCount: header.names.length,
      outputs: header.outputs,
      trees: builder.trees,
      precision: 'float64',
      prepare: asDoubles,
    }),
    base: new Float64Array(header.outputs),
    transform: objective.transform,
    divisor: header.averages ? iterations : 1,
    describeFeatures: features.describe,
  })
}

function* readForest(section: Header, header: LightgbmHeader) {
  const { lines } = section
  const builder = new ForestBuilder()
  const categorical = new Set<number>()
  const missing = { nan: false, zero: false }
  let line = section.next
  while (line !== undefined && !endsTrees(lines, line)) {
    if (line.end > line.start) {
      if (!lines.startsWith(line, 'Tree=')) throw brokenLine(line, 'A tree was expected')
      const tree = readTree(readTreeSection(lines, line, builder.trees), builder.sets)
      builder.add(tree.shape, header.names.length)
      missing.nan ||= tree.nanMissing
      missing.zero ||= tree.zeroMissing
      for (const feature of tree.categorical) categorical.add(feature)
      yield
    }
    line = lines.next()
  }
  if (line === undefined)
    throw brokenLine(section.start, 'The file ends before its trees do: "end of trees" is missing')
  checkTreeCount(section, builder.trees, header.outputs)
  return { builder, missing, categorical }
}

function checkTreeCount({ lines, fields, start }: Header, trees: number, outputs: number): void {
  const sizes = fields.get('tree_sizes')
  const stated = sizes === undefined ? trees : countTokens(lines.bytes, sizes)
  if (stated !== trees)
    throw brokenLine(
      sizes ?? start,
      `tree_sizes has ${stated} entries, but the file has ${trees} trees`,
    )
  if (trees === 0)
    throw new TreesError('invalid_file', 'The file has no tree: the model was not fitted.')
  if (trees % outputs !== 0)
    throw brokenLine(start, `${trees} trees cannot be shared out evenly among ${outputs} outputs`)
}
