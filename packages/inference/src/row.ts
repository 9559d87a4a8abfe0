/**
 * One value of a row: a text of a feature of text, a number of any other (true is 1 and false 0), or null where it is
 * missing.
 */
export type Cell = number | string | null

/** One row, in the order of the model's features. */
export type Row = readonly Cell[]
