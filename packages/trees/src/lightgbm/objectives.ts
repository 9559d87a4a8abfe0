import { TreesError } from '../errors.ts'
import type { Output } from '../output.ts'
import { quoteText } from '../quote-text.ts'
import {
  exp,
  identity,
  log1pExp,
  sigmoid,
  signedSquare,
  softmax,
  type Transform,
} from '../transforms.ts'
import { brokenLine, type Piece } from './lines.ts'

export interface LightgbmObjective {
  readonly transform: Transform
  readonly output: Output
}

const VALUES: Output = { kind: 'values' }
const RANKING: Output = {
  kind: 'margin',
  reason: 'A ranking model gives scores, which order the rows of one query.',
}

/** Those that take `sqrt`; huber switches it off. */
const REGRESSION = ['regression', 'regression_l1', 'fair', 'quantile', 'mape']

/**
 * The objective as the line `objective=` has it, for example `binary sigmoid:1` or `multiclass num_class:3`
 * (LightGBM, src/objective/objective_function.cpp; ConvertOutput of each class).
 *
 * @param text undefined where the file has no such line, because the objective was a function of the user's own
 */
export function readObjective(
  text: string | undefined,
  line: Piece,
  outputs: number,
): LightgbmObjective {
  const [name = '', ...settings] = text?.split(' ').filter((part) => part !== '') ?? ['custom']
  if (name === 'custom' || name === 'none') {
    const reason =
      'The model was trained with an objective of your own: only that knows what a margin means.'
    return { transform: identity, output: { kind: 'margin', reason } }
  }
  const number = (setting: string, otherwise: number) => {
    const found = settings.find((part) => part.startsWith(`${setting}:`))
    if (found === undefined) return otherwise
    const value = Number(found.slice(setting.length + 1) || Number.NaN)
    if (value > 0 && Number.isFinite(value)) return value
    throw brokenLine(
      line,
      `The objective has ${quoteText(found)}, which has to be a number above 0`,
    )
  }
  const classes = (transform: Transform): LightgbmObjective => {
    if (number('num_class', outputs) !== outputs)
      throw brokenLine(
        line,
        `The objective is ${quoteText(text ?? '')}, but the model has ${outputs} outputs`,
      )
    return { transform, output: { kind: 'classes', classes: outputs } }
  }
  switch (name) {
    case 'binary':
      return { transform: sigmoid(number('sigmoid', 1)), output: single(outputs, line) }
    case 'multiclass':
      return classes(softmax)
    case 'multiclassova':
      return classes(sigmoid(number('sigmoid', 1)))
    case 'poisson':
    case 'gamma':
    case 'tweedie':
      return { transform: exp, output: VALUES }
    case 'cross_entropy':
    case 'xentropy':
      return { transform: sigmoid(1), output: VALUES }
    case 'cross_entropy_lambda':
    case 'xentlambda':
      return { transform: log1pExp, output: VALUES }
    case 'huber':
      return { transform: identity, output: VALUES }
    case 'lambdarank':
    case 'rank_xendcg':
      return { transform: identity, output: RANKING }
    default:
  }
  if (REGRESSION.includes(name))
    return { transform: settings.includes('sqrt') ? signedSquare : identity, output: VALUES }
  throw new TreesError(
    'unsupported_model',
    `The objective ${quoteText(name)} is not known, so neither is what its margins mean (line ${line.line}). Export ` +
      'the model as ONNX, or evaluate it in Python.',
    { line: line.line, offset: line.start },
  )
}

function single(outputs: number, line: Piece): Output {
  if (outputs === 1) return { kind: 'classes', classes: 2 }
  throw brokenLine(line, `The objective is binary, but the model has ${outputs} outputs`)
}
