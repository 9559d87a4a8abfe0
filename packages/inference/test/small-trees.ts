/**
 * An XGBoost file with one split: feature 0 below 0.5 answers -1, else 1, and missing 1.
 *
 * @param learner members of the learner that are others
 */
export const smallXgboost = (
  learner: object = {},
  { cats, objective = 'reg:squarederror' }: { cats?: object; objective?: string } = {},
): Uint8Array<ArrayBuffer> => {
  const tree = {
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    split_indices: [0, 0, 0],
    split_conditions: [0.5, -1, 1],
    default_left: [0, 0, 0],
    tree_param: { num_nodes: '3', size_leaf_vector: '0' },
  }
  const model = {
    gbtree_model_param: { num_parallel_tree: '1', num_trees: '1' },
    tree_info: [0],
    trees: [{ id: 0, ...tree }],
    ...(cats && { cats }),
  }
  const json = {
    learner: {
      gradient_booster: { model, name: 'gbtree' },
      learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: '2' },
      objective: { name: objective },
      ...learner,
    },
    version: [3, 1, 0],
  }
  return new TextEncoder().encode(JSON.stringify(json))
}

/** Feature 0 has the categories Bern and Zürich, feature 1 the categories 10, 20 and 30. */
export const namedCategories = {
  enc: [
    { offsets: [0, 4, 11], values: [66, 101, 114, 110, 90, -61, -68, 114, 105, 99, 104] },
    { type: 15, values: [10, 20, 30] },
  ],
  feature_segments: [0, 2, 5],
  sorted_idx: [0, 1, 0, 1, 2],
}

/** A LightGBM file of a data frame, with one split: the category Bern of feature 0 answers -1, everything else 1. */
export const smallLightgbm = `tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=regression
feature_names=city size
feature_infos=0:1 [0:3]
tree_sizes=100

Tree=0
num_leaves=2
num_cat=1
split_feature=0
split_gain=1
threshold=0
decision_type=1
left_child=-1
right_child=-2
leaf_value=-1 1
cat_boundaries=0 1
cat_threshold=1
shrinkage=1


end of trees

pandas_categorical:[["Bern", "Zürich"]]
`
