import type { TreeEnsembleFacts } from '@dsapi/trees'
import type { Output } from '../../model-info.ts'
import type { ModelOptions } from '../../model-options.ts'
import { ModelOptionsError } from '../model-options-error.ts'
import { nameClasses } from '../options/name-classes.ts'
import { nameValues } from '../options/name-values.ts'

/** What a model of trees answers with, and which numbers these are. */
export type TreesOutput = {
  readonly output: Output
  readonly numbers: 'probabilities' | 'predictions' | 'margins'
}

/**
 * What a model answers: classes with their probabilities, values, or the sums of the trees where that is asked for, or
 * only they can be served.
 *
 * @throws ModelOptionsError when the model cannot answer as the options ask
 */
export const describeOutput = (
  { output, outputs: count }: Pick<TreeEnsembleFacts, 'output' | 'outputs'>,
  options: ModelOptions,
): TreesOutput => {
  if (output.kind === 'classes') return describeClasses(output.classes, count, options)
  const why = output.kind === 'margin' ? `. ${output.reason}` : ''
  if (options.output === 'probabilities') throw hasNo('probabilities', 'output', why)
  if (options.classes !== undefined) throw hasNo('classes', 'classes', why)
  return output.kind === 'margin' || options.output === 'margin'
    ? margins(count, options)
    : { output: values('value', count, options), numbers: 'predictions' }
}

const describeClasses = (nClasses: number, count: number, options: ModelOptions): TreesOutput => {
  const classes = nameClasses(nClasses, options)
  if (options.output === 'margin') {
    const { outputs = count === 1 ? undefined : classes.map(String) } = options
    return margins(count, outputs === undefined ? {} : { outputs })
  }
  if (options.outputs !== undefined) throw hasNo('values', 'outputs')
  return { output: { type: 'classes', classes }, numbers: 'probabilities' }
}

const margins = (count: number, options: Pick<ModelOptions, 'outputs'>): TreesOutput => ({
  output: values('margin', count, options),
  numbers: 'margins',
})

const values = (usual: string, count: number, options: Pick<ModelOptions, 'outputs'>): Output => ({
  type: 'values',
  names: nameValues(usual, count, options),
})

const hasNo = (what: string, option: keyof ModelOptions, why = '') =>
  new ModelOptionsError(`The model has no ${what}: leave out the option \`${option}\`${why}`)
