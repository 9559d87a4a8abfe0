import type { Cell, ColumnKind } from '../frame/cell.ts'

/** No column of a one-hot encoding is 1 in this row. */
export const NONE = -1

/**
 * How one column of a table becomes a part of the result, cell by cell. All transformers here are lists of such maps,
 * so that a pipeline is one list too: a table is written once, and one row needs no table.
 */
export interface ColumnMap {
  /** The index of the column that is read. */
  readonly from: number
  /** What the map gives: numbers, texts, or the index of the one among `width` columns that is 1, or {@link NONE}. */
  readonly gives: ColumnKind | 'one-hot'
  /** How many columns the result has. */
  readonly width: number
  /** The result of a cell; undefined where the fit has not seen such a cell, and it is refused. */
  readonly map: (cell: Cell) => Cell | undefined
  /** The same of many numbers at a time, in place, for maps from numbers to numbers that refuse none. */
  readonly mapNumbers?: ((values: Float64Array) => void) | undefined
  /** The values that the map knows, where it knows some only. */
  readonly categories?: readonly Cell[] | undefined
}

/** A map that gives cells as they are. */
export function identityMap(from: number, kind: ColumnKind): ColumnMap {
  const mapNumbers = kind === 'number' ? () => {} : undefined
  return { from, gives: kind, width: 1, map: identity, mapNumbers }
}

const identity = (cell: Cell) => cell

/** How many columns some maps give together. */
export function totalWidth(maps: readonly ColumnMap[]): number {
  return maps.reduce((sum, { width }) => sum + width, 0)
}

/** Joins maps whose columns are those that other maps give. */
export function composeMaps(
  first: readonly ColumnMap[],
  second: readonly ColumnMap[],
): readonly ColumnMap[] {
  const single = first.flatMap(toSingleColumns)
  return second.map((outer) => compose(single[outer.from], outer))
}

/** A map for each of its columns, each of them of numbers or of texts. */
export function toSingleColumns(map: ColumnMap): readonly ColumnMap[] {
  if (map.gives !== 'one-hot') return [map]
  return Array.from({ length: map.width }, (_, k) => ({
    from: map.from,
    gives: 'number',
    width: 1,
    map: (cell) => {
      const code = map.map(cell)
      return code === undefined ? undefined : Number(code === k)
    },
    categories: map.categories,
  }))
}

function compose(inner: ColumnMap, outer: ColumnMap): ColumnMap {
  const innerNumbers = inner.mapNumbers
  const outerNumbers = outer.mapNumbers
  const mapNumbers =
    innerNumbers === undefined || outerNumbers === undefined
      ? undefined
      : (values: Float64Array) => {
          innerNumbers(values)
          outerNumbers(values)
        }
  return {
    from: inner.from,
    gives: outer.gives,
    width: outer.width,
    map: (cell) => {
      const between = inner.map(cell)
      return between === undefined ? undefined : outer.map(between)
    },
    mapNumbers,
    categories: inner.categories ?? outer.categories,
  }
}
