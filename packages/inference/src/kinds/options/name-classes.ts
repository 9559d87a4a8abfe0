import type { Label } from '@dsapi/model'
import type { ModelOptions } from '../../model-options.ts'
import { ModelOptionsError } from '../model-options-error.ts'

/**
 * The classes of a model whose file knows only how many there are: those of the option `classes`, else 0, 1, 2, …
 *
 * @throws ModelOptionsError when the option has another number of classes, or one twice
 */
export const nameClasses = (count: number, { classes }: ModelOptions): readonly Label[] => {
  if (classes === undefined) return Array.from({ length: count }, (_, k) => k)
  if (classes.length !== count) {
    throw new ModelOptionsError(
      `The model has ${count} classes, but the option \`classes\` names ${classes.length}`,
    )
  }
  const twice = classes.find((label, k) => classes.indexOf(label) !== k)
  if (twice === undefined) return classes
  throw new ModelOptionsError(`The option \`classes\` names ${JSON.stringify(twice)} twice`)
}
