import { type ModelOptions, ModelOptionsError } from '@dsapi/inference'
import type { Trial } from '../compute/tensors.ts'
import { mostClasses } from '../file/labels.ts'
import type { Output } from '../file/onnx-file.ts'
import { namesOf } from './names-of.ts'
import type { OutputPlan } from './output-plan.ts'
import { outputWidth } from './output-width.ts'

type Values = OutputPlan & { readonly type: 'values' }

export const isIntegerOrBool = ({ elementType = '' }: Output): boolean =>
  /^(u?int\d+|bool)$/.test(elementType)

/** Where only labels are left: numbers can be values, texts cannot. */
export const planNumbers = (
  outputs: readonly Output[],
  options: ModelOptions,
  trial: Trial,
): OutputPlan => {
  const numbers = outputs.filter(isIntegerOrBool)
  if (numbers.length === 0) {
    throw new Error(
      'No output of the model can be the answer; expected probabilities or values of float32 or float64. ' +
        'In Python, a classifier needs predict_proba, and is converted whole: to_onnx(model, X[:1])',
    )
  }
  const warning = `The output '${numbers[0].name}' has no probabilities beside it, so it is answered as a value`
  return { ...planValues(numbers, options, trial), warnings: [warning] }
}

/** Each column of some outputs is a value. @throws Error when the options name classes, or nothing shows how many columns there are */
export const planValues = (
  outputs: readonly Output[],
  { classes }: ModelOptions,
  trial: Trial,
): Values => {
  if (classes !== undefined) {
    throw new ModelOptionsError(
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

export const unknownWidth = (name: string, trial: Trial): Error =>
  new Error(
    `The file does not say how many values the output '${name}' has, and a row of zeros does not show it` +
      (trial.ok ? '' : `: ${trial.message}`),
  )
