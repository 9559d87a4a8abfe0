import { ModelError } from '../errors.ts'
import { refuseOption } from '../linear-model/check-options.ts'
import { show } from '../validation/show.ts'

/**
 * Makes sure that steps are arrays that begin with a name, each name once and without the `__` that joins names.
 *
 * @param length how long each of them is
 * @throws {ModelError} `invalid_option`
 */
export function checkSteps(steps: unknown, what: string, length: number): void {
  if (!Array.isArray(steps) || steps.length === 0) {
    refuseOption(what, steps, `an array of at least one array of ${length} entries`)
  }
  const names = new Set<string>()
  for (const [i, step] of Array.from(steps as ArrayLike<unknown>).entries()) {
    const where = `${what}[${i}]`
    if (!Array.isArray(step) || step.length !== length) {
      refuseOption(where, step, `an array of ${length} entries, a name first`)
    }
    const name: unknown = (step as unknown[])[0]
    if (typeof name !== 'string' || name === '' || name.includes('__')) {
      refuseOption(`the name of ${where}`, name, 'text without "__"')
    } else if (names.has(name)) {
      throw new ModelError('invalid_option', `${what} has the name ${show(name)} twice`)
    } else {
      names.add(name)
    }
  }
}
