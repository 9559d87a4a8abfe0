const words = new Set(['id', 'ids', 'uuid', 'guid', 'index', 'idx', 'rownum', 'rownumber', 'rowid'])
const wholes = new Set([
  ...['no', 'no.', 'nr', 'nr.', '#', 'row', 'rownames', 'row names', 'row number', 'record number'],
  ...['employee number', 'customer number', 'order number', 'serial number'],
])

/** Whether a column with this name has names or numbers of rows, if each row has another: `id`, `customerID`, `Unnamed: 0`. */
export function isNameOfId(name: string): boolean {
  if (/^unnamed: \d{1,9}$/i.test(name)) return true
  const split = name.replace(/([a-z])(?=[A-Z])/g, '$1 ').replace(/[\s_.-]+/g, ' ')
  const lower = split.trim().toLowerCase()
  return wholes.has(lower) || words.has(lower.slice(lower.lastIndexOf(' ') + 1))
}
