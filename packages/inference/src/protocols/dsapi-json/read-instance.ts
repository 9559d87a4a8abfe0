import type { Feature } from '../../model-info.ts'
import type { Row } from '../../row.ts'
import type { FieldProblem } from '../protocol.ts'
import type { UnknownMembers } from '../rows-protocol.ts'
import { parseFeatures, parseValues } from './features.ts'

/** Reads one row of many; what is wrong with it is added to `problems`. */
export const readInstance = (
  features: readonly Feature[],
  instance: unknown,
  index: number,
  problems: FieldProblem[],
  unknownMembers: UnknownMembers,
): Row | undefined => {
  const isArray = Array.isArray(instance)
  if (isArray && instance.length !== features.length) {
    const message = `must have ${features.length} values, ${shown(features)}, but has ${instance.length}`
    problems.push({ field: `instances[${index}]`, message })
    return undefined
  }
  const parsed = isArray
    ? parseValues(features, instance)
    : parseFeatures(features, instance, { unknownMembers })
  if (parsed.ok) return parsed.row
  const at = `instances[${index}]`
  for (const { field, message } of parsed.problems) {
    problems.push({ field: field === '' ? at : `${at}.${field}`, message })
  }
  return undefined
}

const mostShown = 10

const shown = (features: readonly Feature[]) => {
  const names = features.slice(0, mostShown).map(({ name }) => name)
  return `${names.join(', ')}${features.length > mostShown ? ', …' : ''}`
}
