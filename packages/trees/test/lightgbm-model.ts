// Small LightGBM files, so that a test can show what it is about.

export interface SmallLightgbm {
  readonly version?: string
  readonly objective?: string | undefined
  readonly outputs?: number
  readonly names?: string
  readonly infos?: string
  readonly header?: string
  readonly trees?: readonly string[]
  readonly tail?: string
  readonly end?: string
}

/** One split at 1.5 of feature 0: -1 up to it, 1 above. `decision` 2: missing type none, default left. */
export const stump = (decision = 2, threshold = '1.5', more = '') => `num_leaves=2
num_cat=0
split_feature=0
split_gain=1
threshold=${threshold}
decision_type=${decision}
left_child=-1
right_child=-2
leaf_value=-1 1
${more}shrinkage=1
`

export const leaf = (value: string) => `num_leaves=1
num_cat=0
split_feature=
threshold=
decision_type=
left_child=
right_child=
leaf_value=${value}
shrinkage=1
`

export const lightgbmText = (model: SmallLightgbm = {}): string => {
  const { trees = [stump()], outputs = 1 } = model
  const objective = 'objective' in model ? model.objective : 'regression'
  return `tree
version=${model.version ?? 'v4'}
num_class=${outputs}
num_tree_per_iteration=${outputs}
label_index=0
max_feature_idx=1
${objective === undefined ? '' : `objective=${objective}\n`}${model.header ?? ''}feature_names=${model.names ?? 'a b'}
feature_infos=${model.infos ?? '[0:3] [0:3]'}
tree_sizes=${trees.map(() => 100).join(' ')}

${trees.map((tree, i) => `Tree=${i}\n${tree}\n\n`).join('')}${model.end ?? 'end of trees\n'}
feature_importances:
a=1

parameters:
[boosting: gbdt]
${model.tail ?? ''}end of parameters

pandas_categorical:null
`
}
