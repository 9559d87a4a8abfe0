import type { Output } from '../output.ts'
import { floatExp, floatSigmoid, floatSoftmax, identity, type Transform } from '../transforms.ts'

/** How the base score of a file becomes the margin that trees are added to. */
export type BaseLink = 'identity' | 'logit' | 'log'

export interface XgboostObjective {
  readonly link: BaseLink
  readonly transform: Transform
  readonly output: (outputs: number) => Output
}

const values: XgboostObjective['output'] = () => ({ kind: 'values' })
const classes: XgboostObjective['output'] = (outputs) => ({ kind: 'classes', classes: outputs })
/** Several targets of two classes each have a probability each, that of no class of many. */
const twoClasses: XgboostObjective['output'] = (outputs) =>
  outputs === 1 ? { kind: 'classes', classes: 2 } : { kind: 'values' }
const margin =
  (reason: string): XgboostObjective['output'] =>
  () => ({ kind: 'margin', reason })

const regression: XgboostObjective = { link: 'identity', transform: identity, output: values }
const logarithmic: XgboostObjective = { link: 'log', transform: floatExp, output: values }
const softmax: XgboostObjective = { link: 'identity', transform: floatSoftmax, output: classes }
const ranking: XgboostObjective = {
  link: 'identity',
  transform: identity,
  output: margin('A ranking model gives scores, which order the rows of one query.'),
}
const survival: XgboostObjective = {
  link: 'log',
  transform: identity,
  output: margin(
    'Of a survival model, the margin is served: the logarithm of what XGBoost predicts.',
  ),
}

/**
 * The objectives of XGBoost (doc/parameter.rst; PredTransform and ProbToMargin in src/objective). `multi:softmax`
 * predicts a class only because it is asked to: it is served as the probabilities that it takes the class from.
 */
export const XGBOOST_OBJECTIVES: Readonly<Record<string, XgboostObjective>> = {
  'reg:squarederror': regression,
  'reg:linear': regression,
  'reg:squaredlogerror': regression,
  'reg:pseudohubererror': regression,
  'reg:absoluteerror': regression,
  'reg:logistic': { link: 'logit', transform: floatSigmoid, output: values },
  'binary:logistic': { link: 'logit', transform: floatSigmoid, output: twoClasses },
  'binary:logitraw': {
    link: 'identity',
    transform: identity,
    output: margin('binary:logitraw predicts the margin itself.'),
  },
  'binary:hinge': {
    link: 'identity',
    transform: identity,
    output: margin(
      'binary:hinge has no probabilities: it predicts class 1 where the margin is above 0.',
    ),
  },
  'count:poisson': logarithmic,
  'reg:gamma': logarithmic,
  'reg:tweedie': logarithmic,
  'multi:softprob': softmax,
  'multi:softmax': softmax,
  'rank:pairwise': ranking,
  'rank:ndcg': ranking,
  'rank:map': ranking,
  'survival:cox': survival,
  'survival:aft': survival,
  'reg:quantileerror': {
    link: 'identity',
    transform: identity,
    output: margin(
      'Of a quantile model, the margin is served: XGBoost from 3.4 on orders quantiles that cross.',
    ),
  },
}
