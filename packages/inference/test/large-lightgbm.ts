const depth = 7
const splits = 2 ** depth - 1

/** A LightGBM file of full trees, with thresholds and leaves that are nearly random. 100 trees are about 1.5 MB. */
export const largeLightgbm = (trees: number, features = 10): Uint8Array<ArrayBuffer> => {
  let state = 1
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const list = (count: number, make: (place: number) => number) =>
    Array.from({ length: count }, (_, place) => make(place)).join(' ')
  const child = (node: number) => (node < splits ? node : splits - 1 - node)
  const tree = (id: number) => `Tree=${id}
num_leaves=${splits + 1}
num_cat=0
split_feature=${list(splits, () => Math.floor(next() * features))}
split_gain=${list(splits, next)}
threshold=${list(splits, next)}
decision_type=${list(splits, () => 10)}
left_child=${list(splits, (node) => child(2 * node + 1))}
right_child=${list(splits, (node) => child(2 * node + 2))}
leaf_value=${list(splits + 1, () => next() - 0.5)}
internal_value=${list(splits, next)}
shrinkage=0.1


`
  const names = Array.from({ length: features }, (_, k) => `x${k}`).join(' ')
  return new TextEncoder().encode(`tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=${features - 1}
objective=binary sigmoid:1
feature_names=${names}
feature_infos=${'[0:1] '.repeat(features).trim()}
tree_sizes=${'1 '.repeat(trees).trim()}

${Array.from({ length: trees }, (_, id) => tree(id)).join('')}end of trees

pandas_categorical:null
`)
}
