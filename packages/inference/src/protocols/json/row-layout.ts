import type { Feature } from '../../model-info.ts'
import type { UnknownMembers } from '../rows-protocol.ts'
import { namesOf } from './feature-names.ts'
import { Wrong, WrongColumns } from './wrong.ts'

/** How rows are written. */
export type RowLayout = {
  /** What they are called in errors, such as `instances`. */
  readonly field: string
  /** What is done about members of a row that are no features. */
  readonly unknownMembers: UnknownMembers
  /** How many values a row has that is an array; undefined where each is an object. */
  readonly width: number | undefined
  /** For each feature its place in such a row; undefined where it has none. */
  readonly places: readonly (number | undefined)[]
}

/** Rows that have the features in the order of the model. */
export const inOrder = (
  features: readonly Feature[],
  field: string,
  unknownMembers: UnknownMembers,
): RowLayout => ({
  field,
  unknownMembers,
  width: features.length,
  places: features.map((_, place) => place),
})

/** Rows whose columns have names, in any order and among others. */
export const inColumns = (
  features: readonly Feature[],
  field: string,
  columns: readonly string[],
): RowLayout | Wrong => {
  const places = new Map<string, number>()
  const known = new Set(features.map(({ name }) => name))
  for (const [place, name] of columns.entries()) {
    if (known.has(name) && places.has(name)) {
      return new Wrong(field, `has the column ${JSON.stringify(name)} twice`)
    }
    places.set(name, place)
  }
  const lacking = features.filter(({ name, nullable }) => !nullable && !places.has(name))
  if (lacking.length > 0) return new WrongColumns(field, `lacks the columns ${namesOf(lacking)}`)
  return {
    ...{ field, unknownMembers: 'ignored', width: columns.length },
    places: features.map(({ name }) => places.get(name)),
  }
}
