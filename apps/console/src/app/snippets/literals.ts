export type Cell = number | string | boolean | null

/** A text in single quotes of a POSIX shell. */
export const shellText = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A value in Python. JSON's texts and numbers are Python's too. */
export const pythonValue = (value: Cell): string => {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return JSON.stringify(value)
}

/** A value in R, whose texts have JSON's escapes except those of surrogate pairs, which JSON.stringify does not write. */
export const rValue = (value: Cell): string => {
  if (value === null) return 'NA'
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return JSON.stringify(value)
}

/** A name of R's list, in backquotes. */
export const rName = (name: string): string =>
  `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
