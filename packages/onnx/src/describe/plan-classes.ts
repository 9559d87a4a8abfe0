import { type Label, type ModelOptions, ModelOptionsError } from '@dsapi/inference'
import type { Trial } from '../compute/tensors.ts'
import { mostClasses } from '../file/labels.ts'
import type { OnnxFile, Output } from '../file/onnx-file.ts'
import { findClasses } from './class-names.ts'
import { endsInSoftmax } from './ends-in-softmax.ts'
import { namesOf } from './names-of.ts'
import type { OutputPlan } from './output-plan.ts'
import { outputWidth } from './output-width.ts'
import { planValues, unknownWidth } from './plan-values.ts'
import { areProbabilities } from './probabilities.ts'

/** The plan where a label stands beside probabilities, or beside scores that are chosen as values. */
export const planLabelled = (
  file: OnnxFile,
  label: Output,
  scores: readonly Output[],
  options: ModelOptions,
  trial: Trial,
): OutputPlan => {
  const widths = scores.map((output) => outputWidth(output, trial))
  if (scores.length > 1 && widths.some((width) => width !== 1)) throw severalOutputs(file.outputs)
  const known = scores.length === 1 ? widths[0] : scores.length
  const found = scores[0].classes ?? findClasses(file, label.tensor, known)
  const count = known ?? found.length
  if (count === 0) throw unknownWidth(scores[0].name, trial)
  const areScores =
    (found.length > 0 && found.length !== count) || areProbabilities(scores, trial) === false
  if (areScores) {
    if (options.outputName === undefined) throw scoresAlone(scores[0], label)
    return planValues(scores, options, trial)
  }
  const names = found.length > 0 ? found : namesOfLabel(label, options, count)
  if (label.elementType === 'string' && typeof names[0] === 'number') {
    throw new ModelOptionsError(
      `The output '${label.name}' is a text, but the file does not list the classes. Give them as the option ` +
        'classes, in the order of the probabilities (classes_ in scikit-learn)',
    )
  }
  return {
    type: 'classes',
    classes: expectClasses(options.classes ?? names, count),
    label: { tensor: label.tensor, classes: names },
    scores: scores.map(({ tensor }) => tensor),
    isSecondOfTwo: false,
    warnings: [],
  }
}

/** The plan of outputs without a label: classes where they are named, or where a softmax shows them. */
export const planUnlabelled = (
  file: OnnxFile,
  scores: readonly Output[],
  options: ModelOptions,
  trial: Trial,
): OutputPlan => {
  const [{ tensor }] = scores
  const width = scores.length === 1 ? outputWidth(scores[0], trial) : undefined
  const isSecondOfTwo = width === 1 && options.classes?.length === 2
  const isSoftmax = width !== undefined && width > 1 && endsInSoftmax(file, tensor)
  if (width === undefined || (options.classes === undefined && !isSoftmax)) {
    return planValues(scores, options, trial)
  }
  const classes = isSecondOfTwo
    ? (options.classes ?? [])
    : expectClasses(options.classes ?? numbered(width), width)
  return { type: 'classes', classes, scores: [tensor], isSecondOfTwo, warnings: [] }
}

/** What a label calls the classes, where the file does not list them: as the options do, or by their places. */
const namesOfLabel = (
  { elementType }: Output,
  { classes }: ModelOptions,
  count: number,
): readonly Label[] => {
  const isOfLabel = (name: Label) => (typeof name === 'string') === (elementType === 'string')
  return classes?.every(isOfLabel) ? classes : numbered(count)
}

const numbered = (count: number): readonly Label[] => Array.from({ length: count }, (_, k) => k)

const expectClasses = (classes: readonly Label[], count: number): readonly Label[] => {
  if (count > mostClasses) {
    throw new Error(`The model has ${count} classes; at most ${mostClasses} are served`)
  }
  if (classes.length !== count) {
    throw new ModelOptionsError(
      `The option classes has ${classes.length} names, but the model has ${count} classes`,
    )
  }
  if (new Set(classes).size < count) throw new Error('Two classes have the same name')
  return classes
}

const severalOutputs = (outputs: readonly Output[]): Error =>
  new ModelOptionsError(
    `Several outputs could be the probabilities (${namesOf(outputs)}). Choose one by the option outputName`,
  )

const scoresAlone = (scores: Output, label: Output): Error =>
  new ModelOptionsError(
    `The output '${scores.name}' beside the label '${label.name}' holds no probabilities of the classes, but scores. ` +
      `To answer with the scores as values, give the option outputName ${scores.name}. For probabilities, train a ` +
      'model that has predict_proba, such as CalibratedClassifierCV(model)',
  )
