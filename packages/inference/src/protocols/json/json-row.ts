import { isRecord } from '../../is-record.ts'
import type { Feature } from '../../model-info.ts'
import type { Cell, Row } from '../../row.ts'
import { shorten } from '../shorten.ts'
import { namesOf } from './feature-names.ts'
import { isBytes, readJsonCell, wrongJsonCell } from './json-cell.ts'
import { Stopped } from './json-problem.ts'
import type { RowLayout } from './row-layout.ts'
import { Wrong, WrongColumns } from './wrong.ts'

/** Reads one row of many. @throws Stopped */
export type ReadJsonRow = (value: unknown, index: number) => Row

/**
 * Makes what reads rows: each is an array of values or an object by the names of the features. With one feature, its value
 * alone is a row as well.
 */
export const createRowReader = (features: readonly Feature[], layout: RowLayout): ReadJsonRow => {
  const isPlain =
    layout.width === features.length &&
    features.every(({ type }, k) => type === 'number' && layout.places[k] === k)
  const known = new Set(features.map(({ name }) => name))

  const cellsOf = (values: readonly unknown[], at: string): Row => {
    if (values.length !== layout.width) {
      const of = layout.width === features.length ? `: ${namesOf(features)}` : ''
      throw new Stopped(
        new WrongColumns(at, `has ${values.length} values instead of ${layout.width}${of}`),
      )
    }
    if (isPlain && areNumbers(values)) return values
    return features.map((feature, k) => {
      const place = layout.places[k]
      if (place === undefined) return null
      return cellOf(feature, values[place], `${at}[${place}]`)
    })
  }

  const membersOf = (value: Readonly<Record<string, unknown>>, at: string): Row => {
    let found = 0
    const row = features.map((feature): Cell => {
      const { name, nullable } = feature
      if (Object.hasOwn(value, name)) {
        found++
        return cellOf(feature, single(value[name]), `${at}.${shorten(name)}`)
      }
      if (nullable) return null
      throw new Stopped(lacking(features, value, at))
    })
    if (layout.unknownMembers === 'refused') refuseUnknown(value, found, known, at)
    return row
  }

  return (value, index) => {
    const at = `${layout.field}[${index}]`
    if (Array.isArray(value) && layout.width !== undefined) return cellsOf(value, at)
    if (isRecord(value) && (layout.width !== 1 || !isBytes(value) || known.has('b64'))) {
      return membersOf(value, at)
    }
    if (layout.width === 1) return cellsOf([value], at)
    const forms = layout.width === undefined ? 'an object' : 'an array or an object'
    throw new Stopped(new Wrong(at, `must be ${forms} of ${namesOf(features)}`))
  }
}

const areNumbers = (values: readonly unknown[]): values is readonly number[] => {
  for (const value of values) if (!Number.isFinite(value)) return false
  return true
}

/** A tensor of the shape [1] in the place of a value. */
export const single = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? value[0] : value

const cellOf = (feature: Feature, given: unknown, at: string): Cell => {
  const cell = readJsonCell(feature, given)
  if (cell !== undefined) return cell
  throw new Stopped(wrongCell(feature, given, at))
}

/** What is wrong with a value, by its place and by the name of its feature. */
export const wrongCell = (feature: Feature, given: unknown, at: string): Wrong => {
  const name = shorten(feature.name)
  const message = wrongJsonCell(feature, given)
  const named = at.endsWith(`.${name}`) ? `"${at}"` : `"${at}" (${name})`
  return new Wrong(at, message, `${named} ${message}`)
}

const lacking = (
  features: readonly Feature[],
  value: Readonly<Record<string, unknown>>,
  at: string,
) => {
  const missing = features.filter(({ name, nullable }) => !nullable && !Object.hasOwn(value, name))
  const message = `lacks ${namesOf(missing)}`
  const others = Object.keys(value).filter((name) => !features.some((one) => one.name === name))
  const unknown = others.length > 0 ? `, and has ${namesOf(others.map((name) => ({ name })))}` : ''
  return new WrongColumns(at, message, `"${at}" ${message}${unknown}`)
}

/** A typing error in a name must not become a missing value. */
const refuseUnknown = (
  value: Readonly<Record<string, unknown>>,
  found: number,
  known: ReadonlySet<string>,
  at: string,
) => {
  const names = Object.keys(value)
  if (names.length === found) return
  const unknown = names.find((name) => !known.has(name)) ?? ''
  throw new Stopped(new WrongColumns(`${at}.${shorten(unknown)}`, 'is not a feature of the model'))
}
