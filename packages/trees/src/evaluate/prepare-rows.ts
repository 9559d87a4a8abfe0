import type { Rows } from './predictor.ts'

/** How rows become what a model compares. */
export interface PrepareRows {
  /** Whether rows of doubles need nothing done. */
  readonly keepsDoubles: boolean
  /** Writes `count` numbers of `rows`, from `start` on, to the beginning of `into`. */
  readonly into: (into: Float64Array, rows: Rows, start: number, count: number) => void
}

/** XGBoost compares in float32. */
export const asFloats: PrepareRows = {
  keepsDoubles: false,
  into: (into, rows, start, count) => {
    for (let i = 0; i < count; i++) into[i] = Math.fround(rows[start + i])
  },
}

/** The same for a model that was trained with zero as the missing value. */
export const asFloatsWithoutZeros: PrepareRows = {
  keepsDoubles: false,
  into: (into, rows, start, count) => {
    for (let i = 0; i < count; i++) {
      const value = Math.fround(rows[start + i])
      into[i] = value === 0 ? Number.NaN : value
    }
  },
}

export const asDoubles: PrepareRows = {
  keepsDoubles: true,
  into: (into, rows, start, count) => {
    for (let i = 0; i < count; i++) into[i] = rows[start + i]
  },
}
