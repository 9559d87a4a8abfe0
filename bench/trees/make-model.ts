import type { RandomState } from '@dsapi/model'

export interface Shape {
  readonly trees: number
  readonly depth: number
  readonly features: number
}

/** A model of full trees as XGBoost writes it: random thresholds, a quarter of the splits with missing to the left. */
export function makeModel({ trees, depth, features }: Shape, random: RandomState): string {
  const nodes = 2 ** (depth + 1) - 1
  const firstLeaf = 2 ** depth - 1
  const range = Array.from({ length: nodes }, (_, i) => i)
  const child = (node: number, offset: number) => (node < firstLeaf ? 2 * node + offset : -1)
  // XGBoost takes a number without a point or exponent for an integer, and refuses it among floats.
  const floats = (numberOf: (node: number) => number) =>
    `#[${range.map((node) => numberOf(node).toExponential(8))}]`
  const makeTree = (id: number) => ({
    base_weights: floats(() => 0),
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    default_left: range.map(() => Number(random.uniform() < 0.25)),
    id,
    left_children: range.map((node) => child(node, 1)),
    loss_changes: floats(() => 0),
    parents: range.map((node) => (node === 0 ? 2147483647 : (node - 1) >> 1)),
    right_children: range.map((node) => child(node, 2)),
    split_conditions: floats((node) =>
      node < firstLeaf ? random.standardNormal() : 0.1 * random.standardNormal(),
    ),
    split_indices: range.map((node) => (node < firstLeaf ? random.randint(features) : 0)),
    split_type: range.map(() => 0),
    sum_hessian: floats(() => 1),
    tree_param: {
      num_deleted: '0',
      num_feature: String(features),
      num_nodes: String(nodes),
      size_leaf_vector: '0',
    },
  })
  const text = JSON.stringify({
    learner: {
      attributes: {},
      feature_names: [],
      feature_types: [],
      gradient_booster: {
        model: {
          gbtree_model_param: {
            num_parallel_tree: '1',
            num_trees: String(trees),
            size_leaf_vector: '0',
          },
          tree_info: Array.from({ length: trees }, () => 0),
          trees: Array.from({ length: trees }, (_, id) => makeTree(id)),
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: '5E-1',
        boost_from_average: '1',
        num_class: '0',
        num_feature: String(features),
        num_target: '1',
      },
      objective: { name: 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } },
    },
    version: [1, 7, 4],
  })
  return text.replaceAll('"#', '').replaceAll(']"', ']')
}
