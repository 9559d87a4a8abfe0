const rounded = (value: number) => Number(value.toFixed(4))

/** The body of `POST /predict` with one row. */
export const bodyOf = (row: readonly number[]): string =>
  JSON.stringify({ instances: [row.map(rounded)] })

/** The path that predicts one row. @param prefix how the first feature is called, before its number */
export const pathOf = (row: readonly number[], prefix: string): string =>
  `/predict${row.map((value, i) => `/${prefix}${i}/${rounded(value)}`).join('')}`
