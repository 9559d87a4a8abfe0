import { field, floats, whole, wholes } from './protobuf.ts'

/** One tree as XGBoost writes it as JSON. */
type XgboostTree = {
  readonly left_children: readonly number[]
  readonly right_children: readonly number[]
  readonly split_conditions: readonly number[]
  readonly split_indices: readonly number[]
  readonly default_left: readonly number[]
}

type XgboostFile = {
  readonly learner: {
    readonly gradient_booster: { readonly model: { readonly trees: readonly XgboostTree[] } }
    readonly learner_model_param: { readonly base_score: string; readonly num_feature: string }
  }
}

/** The types of attributes in onnx.proto. */
const attributeTypes = { text: 3, floats: 6, wholes: 7, texts: 8 } as const

const attribute = (name: string, type: keyof typeof attributeTypes, value: Buffer) =>
  field(5, Buffer.concat([field(1, name), whole(20, attributeTypes[type]), value]))

const wholesAttribute = (name: string, values: readonly number[]) =>
  attribute(name, 'wholes', wholes(8, values))

const floatsAttribute = (name: string, values: readonly number[]) =>
  attribute(name, 'floats', floats(7, values))

/** One node of one tree. */
type Node = {
  readonly tree: number
  readonly id: number
  readonly isLeaf: boolean
  readonly left: number
  readonly right: number
  readonly feature: number
  /** The threshold of a split, or the weight of a leaf. */
  readonly value: number
  readonly missingLeft: number
}

const nodesOf = (trees: readonly XgboostTree[]): readonly Node[] =>
  trees.flatMap((tree, index) =>
    tree.left_children.map((left, id) => ({
      ...{ tree: index, id, isLeaf: left === -1, left: Math.max(left, 0) },
      right: Math.max(tree.right_children[id], 0),
      feature: tree.split_indices[id],
      value: tree.split_conditions[id],
      missingLeft: tree.default_left[id],
    })),
  )

const attributesOf = (nodes: readonly Node[], base: number): readonly Buffer[] => {
  const leaves = nodes.filter(({ isLeaf }) => isLeaf)
  const modes = nodes.map(({ isLeaf }) => field(9, isLeaf ? 'LEAF' : 'BRANCH_LT'))
  return [
    wholesAttribute(
      'nodes_treeids',
      nodes.map(({ tree }) => tree),
    ),
    wholesAttribute(
      'nodes_nodeids',
      nodes.map(({ id }) => id),
    ),
    wholesAttribute(
      'nodes_featureids',
      nodes.map(({ feature }) => feature),
    ),
    wholesAttribute(
      'nodes_truenodeids',
      nodes.map(({ left }) => left),
    ),
    wholesAttribute(
      'nodes_falsenodeids',
      nodes.map(({ right }) => right),
    ),
    wholesAttribute(
      'nodes_missing_value_tracks_true',
      nodes.map(({ missingLeft }) => missingLeft),
    ),
    floatsAttribute(
      'nodes_values',
      nodes.map(({ isLeaf, value }) => (isLeaf ? 0 : value)),
    ),
    attribute('nodes_modes', 'texts', Buffer.concat(modes)),
    wholesAttribute(
      'class_treeids',
      leaves.map(({ tree }) => tree),
    ),
    wholesAttribute(
      'class_nodeids',
      leaves.map(({ id }) => id),
    ),
    wholesAttribute(
      'class_ids',
      leaves.map(() => 0),
    ),
    floatsAttribute(
      'class_weights',
      leaves.map(({ value }) => value),
    ),
    floatsAttribute('base_values', [base]),
    wholesAttribute('classlabels_int64s', [0, 1]),
    attribute('post_transform', 'text', field(4, 'LOGISTIC')),
  ]
}

/** The element types in onnx.proto. */
const elementTypes = { float32: 1, int64: 7 } as const

const valueInfo = (name: string, type: keyof typeof elementTypes, width?: number) => {
  const rows = field(1, field(2, 'rows'))
  const columns = width === undefined ? Buffer.alloc(0) : field(1, whole(1, width))
  const shape = field(2, Buffer.concat([rows, columns]))
  const tensor = field(1, Buffer.concat([whole(1, elementTypes[type]), shape]))
  return Buffer.concat([field(1, name), field(2, tensor)])
}

const operatorSet = (domain: string, version: number) =>
  field(8, Buffer.concat([field(1, domain), whole(2, version)]))

/**
 * Writes a model of XGBoost with the objective `binary:logistic` as ONNX, as onnxmltools does: one node
 * `TreeEnsembleClassifier` (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html), whose outputs are
 * `label` and `probabilities`.
 *
 * @param text the JSON file of XGBoost
 */
export const writeOnnxTrees = (text: string): Buffer => {
  const { learner }: XgboostFile = JSON.parse(text)
  const score = Number(learner.learner_model_param.base_score)
  const nodes = nodesOf(learner.gradient_booster.model.trees)
  const node = Buffer.concat([
    ...[field(1, 'x'), field(2, 'label'), field(2, 'probabilities')],
    ...[field(4, 'TreeEnsembleClassifier'), field(7, 'ai.onnx.ml')],
    ...attributesOf(nodes, Math.log(score / (1 - score))),
  ])
  const graph = Buffer.concat([
    ...[field(1, node), field(2, 'trees')],
    field(11, valueInfo('x', 'float32', Number(learner.learner_model_param.num_feature))),
    field(12, valueInfo('label', 'int64')),
    field(12, valueInfo('probabilities', 'float32', 2)),
  ])
  const sets = [operatorSet('', 15), operatorSet('ai.onnx.ml', 3)]
  return Buffer.concat([whole(1, 8), field(2, 'dsapi-bench'), field(7, graph), ...sets])
}
