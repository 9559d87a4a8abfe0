import { type Cell, missingCell } from '../frame/cell.ts'
import type { Column, Frame } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { Matrix } from '../matrix.ts'
import type { ColumnMap } from './column-map.ts'
import { checkGivesNumbers, type FittedColumns, inputColumns } from './fitted-columns.ts'
import { refuseNotFinite, refuseUnknown } from './refuse-cell.ts'

/** Numbers of the result that are written before going on to the next rows: they stay in the processor's cache. */
const BLOCK = 16384

/** Writes some rows of the result. */
export type Writer = (start: number, end: number) => void

/** Where a map writes: into rows of `stride` numbers, from the column `at` on. */
interface Target {
  readonly data: Float64Array
  readonly stride: number
  readonly at: number
  /** Whether NaN and infinite numbers are refused. */
  readonly isFinite: boolean
}

/**
 * The result of all maps, side by side.
 *
 * @param mustBeFinite whether a missing value in the result is refused, as models do
 * @throws {ModelError} `invalid_data`, naming the row and the column, when a cell is refused
 */
export function writeMatrix(fitted: FittedColumns, X: Frame, mustBeFinite = false): Matrix {
  checkGivesNumbers(fitted)
  const columns = inputColumns(fitted, X)
  const stride = fitted.width
  const data = new Float64Array(X.nRows * stride)
  let at = 0
  const writers = fitted.maps.map((map) => {
    const target = { data, stride, at, isFinite: mustBeFinite }
    at += map.width
    return writerOf(map, columns[map.from], fitted.names[map.from], target)
  })
  writeBlocks(writers, X.nRows, stride)
  return new Matrix(data, X.nRows, stride)
}

/** Has all columns write some rows, and then the next ones. @param width the numbers of a row */
export function writeBlocks(writers: readonly Writer[], nRows: number, width: number): void {
  const nBlockRows = Math.max(16, Math.ceil(BLOCK / Math.max(width, 1)))
  for (let start = 0; start < nRows; start += nBlockRows) {
    const end = Math.min(start + nBlockRows, nRows)
    for (const write of writers) write(start, end)
  }
}

/** Makes what writes the columns of one map as numbers. */
export function writerOf(map: ColumnMap, column: Column, name: string, target: Target): Writer {
  if (column instanceof TextColumn) return textWriter(map, column, name, target)
  if (map.gives === 'one-hot') return codeWriter(map, column, name, target)
  return numberWriter(map, column, name, target)
}

/** A table of the result of each different text; a missing one comes first. */
function textWriter(map: ColumnMap, column: TextColumn, name: string, target: Target): Writer {
  const { codes, values } = column
  const results = Float64Array.from(mapTexts(map, column, name), Number)
  const { data, stride, at } = target
  if (map.gives === 'one-hot') {
    return (start, end) => {
      for (let row = start; row < end; row++) {
        const k = results[codes[row] + 1]
        if (k >= 0) data[row * stride + at + k] = 1
      }
    }
  }
  return (start, end) => {
    for (let row = start; row < end; row++) {
      const value = results[codes[row] + 1]
      if (target.isFinite && !Number.isFinite(value)) {
        refuseNotFinite(values[codes[row]] ?? null, { name, row })
      }
      data[row * stride + at] = value
    }
  }
}

/**
 * What a map gives for a missing text and for each of the values, in this order. A value that no row has may be
 * unknown: its result is NaN then.
 *
 * @throws {ModelError} `invalid_data`, naming the row, when a row has an unknown value
 */
export function mapTexts(map: ColumnMap, { codes, values }: TextColumn, name: string): Cell[] {
  const results = [null, ...values].map((value) => map.map(value))
  if (results.includes(undefined)) {
    const row = codes.findIndex((code) => results[code + 1] === undefined)
    if (row !== -1) refuseUnknown(values[codes[row]] ?? null, { name, row }, map.categories ?? [])
  }
  return results.map((result) => (result === undefined ? Number.NaN : result))
}

function codeWriter(map: ColumnMap, column: Float64Array, name: string, target: Target): Writer {
  const { data, stride, at } = target
  return (start, end) => {
    for (let row = start; row < end; row++) {
      const k = map.map(column[row])
      if (k === undefined) refuseUnknown(column[row], { name, row }, map.categories ?? [])
      if (Number(k) >= 0) data[row * stride + at + Number(k)] = 1
    }
  }
}

function numberWriter(map: ColumnMap, column: Float64Array, name: string, target: Target): Writer {
  const { data, stride, at } = target
  const mapRange = rangeMapper(map, column, name)
  return (start, end) => {
    const values = mapRange(start, end)
    for (let row = start; row < end; row++) {
      const value = values[row - start]
      if (target.isFinite && !Number.isFinite(value)) refuseNotFinite(column[row], { name, row })
      data[row * stride + at] = value
    }
  }
}

/** The results of some rows of a column of numbers, in an array that the next call writes anew. */
export function rangeMapper(
  map: ColumnMap,
  column: Float64Array,
  name: string,
): (start: number, end: number) => Float64Array {
  let space = new Float64Array(0)
  return (start, end) => {
    if (space.length < end - start) space = new Float64Array(end - start)
    const values = space.subarray(0, end - start)
    values.set(column.subarray(start, end))
    if (map.mapNumbers !== undefined) {
      map.mapNumbers(values)
      return values
    }
    for (let i = 0; i < values.length; i++) {
      const value = map.map(values[i])
      if (value === undefined) {
        refuseUnknown(values[i], { name, row: start + i }, map.categories ?? [])
      }
      values[i] = Number(value ?? missingCell('number'))
    }
    return values
  }
}
