import { type ModelOptions, ModelOptionsError } from '@dsapi/inference'
import type { Trial } from '../compute/tensors.ts'
import type { OnnxFile, Output } from '../file/onnx-file.ts'
import { namesOf } from './names-of.ts'
import type { OutputPlan } from './output-plan.ts'
import { outputWidth } from './output-width.ts'
import { planLabelled, planUnlabelled } from './plan-classes.ts'
import { isIntegerOrBool, planNumbers } from './plan-values.ts'

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

const isFloat = ({ elementType }: Output) => elementType === 'float32' || elementType === 'float64'

const isLabel = (output: Output, trial: Trial): boolean => {
  const { elementType = '' } = output
  if (elementType !== 'string' && !isIntegerOrBool(output)) return false
  return outputWidth(output, trial) === 1
}

const findChosen = (outputs: readonly Output[], name: string | undefined): Output | undefined => {
  if (name === undefined) return undefined
  const found = outputs.find((output) => output.name === name || output.tensor === name)
  if (found !== undefined) return found
  throw new Error(`The model has no output '${name}'; its outputs are ${namesOf(outputs)}`)
}

const severalLabels = (outputs: readonly Output[]): Error =>
  new ModelOptionsError(
    `The model answers several labels at once (${namesOf(outputs)}). Export one model for each, or choose an output ` +
      'by the option outputName',
  )
