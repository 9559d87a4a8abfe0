import { ModelError } from '../errors.ts'
import { checkLabels, type Label } from '../labels.ts'
import { quoteText } from '../validation/quote-text.ts'

/** Up to so many classes, two rows of each may be all there are: a small table, such as an example. */
const FEW_CLASSES = 5
/** With more classes than this, each has several rows, or they are no classes. */
const MANY_CLASSES = 20
const FEWEST_ROWS = 5

/**
 * Makes sure that labels look like classes: not like a quantity, which a regression would predict, nor like names
 * of rows. scikit-learn refuses numbers with fractions as `continuous`, and warns where there are more classes than
 * half as many rows. Takes one look at each label, so it costs nothing beside a fit.
 *
 * @param name what the labels are called in the message
 * @throws {ModelError} `invalid_data` when a label is a number with a fraction; when each of more than two rows has a
 *   label of its own; when more than five classes have fewer than two rows each on average, or more than twenty
 *   fewer than five
 *
 * Source: `sklearn.utils.multiclass.type_of_target`.
 *
 * @example
 * checkClassLabels([12.5, 99.9, 47], 'price') // throws
 */
export function checkClassLabels(y: ArrayLike<Label>, name = 'y'): void {
  checkLabels(y, name)
  const classes = new Set<Label>()
  let fraction: { readonly row: number; count: number } | undefined
  for (let row = 0; row < y.length; row++) {
    const label = y[row]
    classes.add(label)
    if (typeof label !== 'number' || Number.isInteger(label)) continue
    fraction ??= { row, count: 0 }
    fraction.count++
  }
  const different = `${classes.size} different labels in ${y.length} rows`
  if (fraction !== undefined) {
    const { row, count } = fraction
    throw new ModelError(
      'invalid_data',
      `${name} has numbers with fractions: ${count} of ${y.length}, such as ${y[row]}, and ${different}. It looks like a quantity; expected classes`,
      { row, option: 'labelsAreClasses' },
    )
  }
  if (classes.size > 2 && isImplausible(classes.size, y.length)) {
    const examples = Array.from(classes).slice(0, 3).map(showLabel).join(', ')
    throw new ModelError(
      'invalid_data',
      `${name} has ${different}, such as ${examples}. It looks like a quantity or a name for each row; expected classes with several rows each`,
      { option: 'labelsAreClasses' },
    )
  }
}

const isImplausible = (nClasses: number, nRows: number) =>
  nClasses === nRows ||
  (nClasses > FEW_CLASSES && nRows < 2 * nClasses) ||
  (nClasses > MANY_CLASSES && nRows < FEWEST_ROWS * nClasses)

const showLabel = (label: Label) => (typeof label === 'string' ? quoteText(label) : String(label))
