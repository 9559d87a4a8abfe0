import { brokenAt, brokenTree, TreesError } from '../errors.ts'
import { createForestPredictor } from '../evaluate/forest-predictor.ts'
import { createLinearPredictor } from '../evaluate/linear-predictor.ts'
import type { Predictor } from '../evaluate/predictor.ts'
import { asFloats, asFloatsWithoutZeros, type PrepareRows } from '../evaluate/prepare-rows.ts'
import { MAX_FEATURES, warnOfDuplicates } from '../features.ts'
import { quoteText } from '../quote-text.ts'
import { TreeEnsemble, type TreeEnsembleFacts } from '../tree-ensemble.ts'
import { baseMargins } from './base-score.ts'
import { chooseTrees } from './choose-trees.ts'
import { describeFeatures } from './describe-features.ts'
import { XGBOOST_OBJECTIVES } from './objectives.ts'
import type { XgboostOptions } from './options.ts'
import type { Booster } from './read-booster.ts'
import type { Learner, XgboostFile } from './read-learner.ts'
import { countOf } from './read-text-members.ts'

interface Sizes {
  readonly features: number
  readonly outputs: number
}

/** Holds the parts of a file against each other, and makes of them what predicts. */
export function buildXgboost(
  { learner, version }: XgboostFile,
  format: TreeEnsembleFacts['format'],
  options: XgboostOptions,
): TreeEnsemble {
  const { booster, parameters, objective: named } = learner ?? {}
  if (learner === undefined || booster === undefined || parameters === undefined)
    throw new TreesError(
      'invalid_file',
      'The file is no whole XGBoost model: it has no learner with gradient_booster and learner_model_param. Save it ' +
        'with `model.save_model(…)`; what `dump_model` writes cannot be read back.',
    )
  if (named === undefined) throw new TreesError('invalid_file', 'The file names no objective.')
  const objective = Object.hasOwn(XGBOOST_OBJECTIVES, named.text)
    ? XGBOOST_OBJECTIVES[named.text]
    : refuseObjective(named.text)
  const sizes = readSizes(learner)
  const prepare = options.missing === 'zero' ? asFloatsWithoutZeros : asFloats
  const isLinear = booster.name === 'gblinear'
  const { predictor, usedTrees } = isLinear
    ? buildLinear(booster, sizes, prepare)
    : buildForest(booster, learner, sizes, prepare, options)
  // Only now it is known that there are as many outputs as the file says.
  const baseScore = parameters.get('base_score')
  if (baseScore === undefined) throw new TreesError('invalid_file', 'The file has no base_score.')
  const clamps = version[0] > 3 || (version[0] === 3 && version[1] >= 1)
  const base = baseMargins(baseScore, sizes.outputs, objective.link, clamps)
  const facts: TreeEnsembleFacts = {
    ...{ format, booster: boosterName(booster), objective: named.text, usedTrees },
    producer: version.length > 0 ? `XGBoost ${version.join('.')}` : 'XGBoost',
    output: objective.output(sizes.outputs),
    outputs: sizes.outputs,
    featureCount: sizes.features,
    missing: { nan: true, zero: options.missing === 'zero' },
    precision: 'float32',
    trees: booster.builder.trees,
    nodes: booster.builder.nodes,
    warnings: warnOfDuplicates(learner.featureNames),
  }
  return new TreeEnsemble(facts, {
    predictor,
    // gblinear starts all outputs from the first base score (src/gbm/gblinear.cc).
    base: isLinear ? base.fill(base[0]) : base,
    transform: objective.transform,
    divisor: 1,
    describeFeatures: describeFeatures(learner, sizes.features),
  })
}

const boosterName = ({ name = 'gbtree', weightDrop }: Booster) =>
  name === 'gbtree' && weightDrop !== undefined ? 'dart' : name

function refuseObjective(name: string): never {
  throw new TreesError(
    'unsupported_model',
    `The objective ${quoteText(name)} is not known, so neither is what its base score and its margins mean. ` +
      'Export the model as ONNX, or evaluate it in Python.',
  )
}

function readSizes({ parameters = new Map() }: Learner): Sizes {
  const features = countOf(parameters, 'num_feature')
  const at = parameters.get('num_feature')?.offset ?? 0
  if (features < 1) throw brokenAt(at, 'The model has no features: it was not fitted')
  if (features > MAX_FEATURES)
    throw brokenAt(
      at,
      `The model has ${features} features, and ${MAX_FEATURES} is the most that is read`,
    )
  const classes = countOf(parameters, 'num_class', 0)
  const targets = countOf(parameters, 'num_target', 1)
  return { features, outputs: Math.max(1, classes, targets) }
}

function buildLinear(booster: Booster, { features, outputs }: Sizes, prepare: PrepareRows) {
  const { weights } = booster
  const needed = (features + 1) * outputs
  if (weights?.length !== needed) {
    const problem = `gblinear needs ${needed} weights, but the file has ${weights?.length ?? 0}.`
    throw new TreesError('invalid_file', problem)
  }
  const wrong = weights.findIndex((weight) => !Number.isFinite(weight))
  if (wrong >= 0)
    throw new TreesError('invalid_file', `Weight ${wrong} of gblinear is ${weights[wrong]}.`)
  const predictor = createLinearPredictor(weights, features, outputs, prepare)
  return { predictor, usedTrees: 0 }
}

function buildForest(
  booster: Booster,
  learner: Learner,
  { features, outputs }: Sizes,
  prepare: PrepareRows,
  options: XgboostOptions,
): { readonly predictor: Predictor; readonly usedTrees: number } {
  const { builder, leafWidth } = booster
  if (booster.name !== undefined && booster.name !== 'gbtree' && booster.name !== 'dart') {
    const problem = `The booster ${quoteText(booster.name)} is not known: gbtree, dart and gblinear are.`
    throw new TreesError('unsupported_model', problem)
  }
  if (builder.trees === 0)
    throw new TreesError('invalid_file', 'The file has no tree: the model was not fitted.')
  builder.checkFeatures(features)
  if (leafWidth > 1 && leafWidth !== outputs)
    throw brokenTree(0, `Leaves have ${leafWidth} values, but the model has ${outputs} outputs`)
  // A damaged count of outputs would cost memory for each.
  if (leafWidth === 1 && outputs > builder.trees) {
    const problem = `The model has ${outputs} outputs, but only ${builder.trees} trees.`
    throw new TreesError('invalid_file', problem)
  }
  checkIterations(booster)
  const usedTrees = chooseTrees(
    booster,
    learner.attributes,
    leafWidth > 1 ? 1 : outputs,
    options.trees,
  )
  const forest = builder.build(
    outputsOfTrees(booster, leafWidth > 1 ? 1 : outputs),
    weightsOf(booster),
  )
  const predictor = createForestPredictor(forest, {
    ...{ outputs, prepare },
    featureCount: features,
    trees: usedTrees,
    precision: 'float32',
  })
  return { predictor, usedTrees }
}

function outputsOfTrees({ treeInfo, builder }: Booster, groups: number): Int32Array {
  if (treeInfo?.length !== builder.trees) {
    const problem = `The file has ${builder.trees} trees, but tree_info has ${treeInfo?.length ?? 0} entries.`
    throw new TreesError('invalid_file', problem)
  }
  const used = new Uint8Array(groups)
  for (let tree = 0; tree < treeInfo.length; tree++) {
    const output = treeInfo[tree]
    if (output < 0 || output >= groups)
      throw brokenTree(tree, `tree_info has output ${output}, but there are ${groups} outputs`)
    used[output] = 1
  }
  const unused = used.indexOf(0)
  if (unused >= 0) {
    const problem = `The model has ${groups} outputs, but output ${unused} has no tree.`
    throw new TreesError('invalid_file', problem)
  }
  return treeInfo
}

function checkIterations({ iterations, builder }: Booster): void {
  if (iterations === undefined) return
  const rises = iterations.every((start, i) => start >= (iterations[i - 1] ?? 0))
  if (rises && iterations.at(-1) === builder.trees) return
  throw new TreesError(
    'invalid_file',
    `iteration_indptr does not rise from 0 to the ${builder.trees} trees of the file.`,
  )
}

function weightsOf({ weightDrop, builder }: Booster): Float32Array | undefined {
  if (weightDrop === undefined || weightDrop.length === 0) return undefined
  if (weightDrop.length > builder.trees)
    throw new TreesError(
      'invalid_file',
      `The file has ${builder.trees} trees, but ${weightDrop.length} weights for them.`,
    )
  const weights = new Float32Array(builder.trees).fill(1)
  weights.set(weightDrop)
  const wrong = weights.findIndex((weight) => !Number.isFinite(weight))
  if (wrong >= 0) throw brokenTree(wrong, `weight_drop is ${weights[wrong]}`)
  return weights
}
