// What a program needs that computes a few kinds of models by itself, as the web console does: the package as a whole brings
// all kinds and all protocols into its bundle.

export { lightgbm } from '../kinds/lightgbm.ts'
export { linearRegression } from '../kinds/linear-regression.ts'
export { logisticRegression } from '../kinds/logistic-regression.ts'
export { xgboost } from '../kinds/xgboost.ts'
export { predictRow } from '../protocols/dsapi-json/answers.ts'
