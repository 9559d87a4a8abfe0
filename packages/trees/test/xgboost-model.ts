// Small XGBoost files, so that a test can show what it is about.

export interface SmallTree {
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly features: readonly number[]
  /** Thresholds of splits and values of leaves. */
  readonly conditions: readonly number[]
  readonly missingLeft?: readonly number[]
  readonly extra?: object
  readonly leafWidth?: number
}

/** One split at 1.5 of feature 0: -1 below, 1 above; missing goes right. */
export const stump: SmallTree = {
  left: [1, -1, -1],
  right: [2, -1, -1],
  features: [0, 0, 0],
  conditions: [1.5, -1, 1],
}

export const leaf = (value: number): SmallTree => ({
  left: [-1],
  right: [-1],
  features: [0],
  conditions: [value],
})

export interface SmallModel {
  readonly trees?: readonly SmallTree[]
  readonly info?: readonly number[]
  readonly objective?: string
  readonly base?: string
  readonly features?: number
  readonly classes?: number
  readonly targets?: number
  readonly version?: readonly number[]
  readonly learner?: object
  readonly booster?: object
  readonly model?: object
}

const toTree = (tree: SmallTree, id: number) => ({
  id,
  left_children: tree.left,
  right_children: tree.right,
  split_indices: tree.features,
  split_conditions: tree.conditions,
  default_left: tree.missingLeft ?? tree.left.map(() => 0),
  tree_param: {
    num_nodes: String(tree.left.length),
    size_leaf_vector: String(tree.leafWidth ?? 0),
  },
  ...tree.extra,
})

export const xgboostObject = (model: SmallModel = {}) => {
  const { trees = [stump], version = [3, 0, 0] } = model
  return {
    learner: {
      attributes: {},
      feature_names: [],
      feature_types: [],
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: '1', num_trees: String(trees.length) },
          tree_info: model.info ?? trees.map(() => 0),
          trees: trees.map(toTree),
          ...model.model,
        },
        name: 'gbtree',
        ...model.booster,
      },
      learner_model_param: {
        base_score: model.base ?? '0E0',
        num_class: String(model.classes ?? 0),
        num_feature: String(model.features ?? 2),
        num_target: String(model.targets ?? 1),
      },
      objective: { name: model.objective ?? 'reg:squarederror' },
      ...model.learner,
    },
    version,
  }
}

/** As text, with numbers that are none written bare, as XGBoost writes them. */
export const xgboostText = (model: SmallModel = {}): string =>
  JSON.stringify(xgboostObject(model), (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? `bare ${value}` : value,
  ).replace(/"bare ([^"]*)"/g, '$1')
