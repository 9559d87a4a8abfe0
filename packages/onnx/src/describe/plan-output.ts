import type { Label, ModelOptions } from '@dsapi/inference'
import type { Trial } from '../compute/tensors.ts'
import { mostClasses } from '../file/labels.ts'
import type { OnnxFile, Output } from '../file/onnx-file.ts'
import { findClasses } from './class-names.ts'
import { endsInSoftmax } from './ends-in-softmax.ts'
import type { OutputPlan } from './output-plan.ts'
import { outputWidth } from './output-width.ts'
import { areProbabilities } from './probabilities.ts'

/**
 * Which outputs of a model are its answer, and what they are: classes where there is a label beside probabilities, or
 * where one output ends in a softmax; values otherwise.
 *
 * @throws Error when no output can be the answer, or the options do not go with the outputs; it says what to do
 */
export const planOutput = (file: OnnxFile, options: ModelOptions, trial: Trial): OutputPlan => {
  const chosen = findChosen(file.outputs, options.outputName)
  const labels = file.outputs.filter((output) => isLabel(output, trial))
  const scores = chosen === undefined ? file.outputs.filter(isFloat) : [chosen]
  const isScore = scores.length > 0 && scores.every(isFloat)
  if (labels.length > 1 && chosen === undefined) throw severalLabels(file.outputs)
  if (labels.length === 1 && isScore) return planLabelled(file, labels[0], scores, options, trial)
  if (isScore) return planUnlabelled(file, scores, options, trial)
  return planNumbers(chosen === undefined ? labels : [chosen], options, trial)
}

const integerOrBool = /^(u?int\d+|bool)$/

const isFloat = ({ elementType }: Output) => elementType === 'float32' || elementType === 'float64'

const isLabel = (output: Output, trial: Trial): boolean => {
  const { elementType = '' } = output
  if (elementType !== 'string' && !integerOrBool.test(elementType)) return false
  return outputWidth(output, trial) === 1
}

const findChosen = (outputs: readonly Output[], name: string | undefined): Output | undefined => {
  if (name === undefined) return undefined
  const found = outputs.find((output) => output.name === name || output.tensor === name)
  if (found !== undefined) return found
  throw new Error(`The model has no output '${name}'; its outputs are ${namesOf(outputs)}`)
}

const planLabelled = (
  file: OnnxFile,
  label: Output,
  scores: readonly Output[],
  options: ModelOptions,
  trial: Trial,
): OutputPlan => {
  const found = scores[0].classes ?? findClasses(file, label.tensor)
  const widths = scores.map((output) => outputWidth(output, trial) ?? found.length)
  const isMatrix = scores.length === 1
  if (!isMatrix && widths.some((width) => width !== 1)) throw severalOutputs(file.outputs)
  const count = isMatrix ? widths[0] : scores.length
  const areScores =
    (found.length > 0 && found.length !== count) || areProbabilities(scores, trial) === false
  if (areScores) {
    if (options.outputName === undefined) throw scoresAlone(scores[0], label)
    return planValues(scores, options, trial)
  }
  const names = found.length > 0 ? found : (options.classes ?? numbered(count))
  if (label.elementType === 'string' && typeof names[0] === 'number') {
    throw new Error(
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

const planUnlabelled = (
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

/** Where only labels are left: numbers can be values, texts cannot. */
const planNumbers = (
  outputs: readonly Output[],
  options: ModelOptions,
  trial: Trial,
): OutputPlan => {
  const numbers = outputs.filter(({ elementType = '' }) => integerOrBool.test(elementType))
  if (numbers.length === 0) {
    throw new Error(
      'No output of the model can be the answer; expected probabilities or values of float32 or float64. ' +
        'In Python, a classifier needs predict_proba, and is converted whole: to_onnx(model, X[:1])',
    )
  }
  const warning = `The output '${numbers[0].name}' has no probabilities beside it, so it is answered as a value`
  return { ...planValues(numbers, options, trial), warnings: [warning] }
}

const planValues = (
  outputs: readonly Output[],
  { classes }: ModelOptions,
  trial: Trial,
): OutputPlan & { readonly type: 'values' } => {
  if (classes !== undefined) {
    throw new Error(
      `The option classes does not go with ${namesOf(outputs)}, which ${outputs.length === 1 ? 'is' : 'are'} no ` +
        'probabilities; leave it out, or choose the probabilities by the option outputName',
    )
  }
  const planned = outputs.map((output) => {
    const { name, tensor } = output
    const width = outputWidth(output, trial)
    if (width === undefined) throw unknownWidth(name, trial)
    if (width > mostClasses)
      throw new Error(
        `The output '${name}' has ${width} values a row; at most ${mostClasses} are served`,
      )
    return { name, tensor, width }
  })
  const names = planned.flatMap(({ name, width }) =>
    width === 1 ? [name] : Array.from({ length: width }, (_, column) => `${name}_${column}`),
  )
  return { type: 'values', outputs: planned, names, warnings: [] }
}

const numbered = (count: number): readonly Label[] => Array.from({ length: count }, (_, k) => k)

const namesOf = (outputs: readonly Output[]) => outputs.map(({ name }) => `'${name}'`).join(', ')

const expectClasses = (classes: readonly Label[], count: number): readonly Label[] => {
  if (count > mostClasses) {
    throw new Error(`The model has ${count} classes; at most ${mostClasses} are served`)
  }
  if (classes.length !== count) {
    throw new Error(
      `The option classes has ${classes.length} names, but the model has ${count} classes`,
    )
  }
  if (new Set(classes).size < count) throw new Error('Two classes have the same name')
  return classes
}

const unknownWidth = (name: string, trial: Trial): Error =>
  new Error(
    `The file does not say how many values the output '${name}' has, and a row of zeros does not show it` +
      (trial.ok ? '' : `: ${trial.message}`),
  )

const severalLabels = (outputs: readonly Output[]): Error =>
  new Error(
    `The model answers several labels at once (${namesOf(outputs)}). Export one model for each, or choose an output ` +
      'by the option outputName',
  )

const severalOutputs = (outputs: readonly Output[]): Error =>
  new Error(
    `Several outputs could be the probabilities (${namesOf(outputs)}). Choose one by the option outputName`,
  )

const scoresAlone = (scores: Output, label: Output): Error =>
  new Error(
    `The output '${scores.name}' beside the label '${label.name}' holds no probabilities of the classes, but scores. ` +
      `To answer with the scores as values, give the option outputName ${scores.name}. For probabilities, train a ` +
      'model that has predict_proba, such as CalibratedClassifierCV(model)',
  )
