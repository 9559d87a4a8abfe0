import type { FieldProblem } from '../protocol.ts'
import { parseFeatures } from './features.ts'

/** Reads one row of many; what is wrong with it is added to `problems`. */
export const readInstance = (
  names: readonly string[],
  instance: unknown,
  index: number,
  problems: FieldProblem[],
): readonly number[] | undefined => {
  if (isRow(instance, names.length)) return instance
  const at = `instances[${index}]`
  if (Array.isArray(instance) && instance.length !== names.length) {
    const message = `must have ${names.length} values, ${shown(names)}, but has ${instance.length}`
    problems.push({ field: at, message })
    return undefined
  }
  const named = Array.isArray(instance)
    ? Object.fromEntries(names.map((name, place) => [name, instance[place]]))
    : instance
  const parsed = parseFeatures(names, named)
  if (parsed.ok) return parsed.row
  for (const { field, message } of parsed.problems) {
    problems.push({ field: field === '' ? at : `${at}.${field}`, message })
  }
  return undefined
}

const mostShown = 10

const shown = (names: readonly string[]) =>
  names.length <= mostShown ? names.join(', ') : `${names.slice(0, mostShown).join(', ')}, …`

/** The usual case, which needs no reading. */
const isRow = (value: unknown, length: number): value is number[] => {
  if (!Array.isArray(value) || value.length !== length) return false
  for (const cell of value) if (typeof cell !== 'number' || !Number.isFinite(cell)) return false
  return true
}
