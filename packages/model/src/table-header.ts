import { ModelError } from './errors.ts'
import { featureNameProblem } from './feature-names.ts'
import { show } from './show.ts'

/** Which columns a table has. */
export interface TableHeader {
  readonly names: readonly string[]
  /** Which of them holds the labels. */
  readonly labelIndex: number
}

/** The most names that an error lists. */
const MAX_SHOWN = 20

/**
 * Makes sure that the names of a table's columns are fit to be used.
 *
 * @throws {ModelError} `invalid_csv` when a name is there twice or breaks the rule for names, when the label's is not
 *   there, or when there is no other.
 */
export function checkHeader(names: readonly string[], label: string, line: number): TableHeader {
  const refuse = (message: string): never => {
    throw new ModelError('invalid_csv', `the header ${message}`, { line })
  }
  const seen = new Set<string>()
  for (const [j, name] of names.entries()) {
    if (name === '') refuse(`has no name for column ${j + 1}; expected a name for each column`)
    if (seen.has(name)) refuse(`has the name ${show(name)} twice; expected different names`)
    const problem = featureNameProblem(name)
    if (problem !== undefined) refuse(`has the name ${show(name)}, which ${problem}`)
    seen.add(name)
  }
  const shown = names.slice(0, MAX_SHOWN).map((name) => JSON.stringify(name))
  if (names.length > MAX_SHOWN) shown.push(`and ${names.length - MAX_SHOWN} more`)
  const list = shown.join(', ')
  const labelIndex = names.indexOf(label)
  if (labelIndex === -1) {
    refuse(`has no column ${JSON.stringify(label)} for the labels; its columns are ${list}`)
  }
  if (names.length === 1) {
    refuse(`has the column ${list} only; expected columns of numbers beside the labels`)
  }
  return { names, labelIndex }
}
