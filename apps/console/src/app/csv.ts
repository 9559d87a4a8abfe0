/**
 * The first records of a CSV text (RFC 4180). The last one may be cut off where the text ends.
 *
 * @param most how many records, with the header
 */
export const splitCsv = (text: string, most: number): string[][] => {
  const records: string[][] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  const endCell = () => {
    cells.push(cell)
    cell = ''
  }
  const endRecord = () => {
    endCell()
    if (cells.length > 1 || cells[0] !== '') records.push(cells)
    cells = []
  }
  for (let at = 0; at < text.length && records.length < most; at++) {
    const character = text[at]
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') cell += text[++at]
      else isQuoted = false
    } else if (character === '"' && cell === '') isQuoted = true
    else if (character === ',') endCell()
    else if (character === '\n') endRecord()
    else if (character !== '\r') cell += character
  }
  if (records.length < most) endRecord()
  return records
}

/** Records as a CSV text. */
export const csvOf = (records: readonly (readonly (string | number)[])[]): string =>
  records.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')

const cellOf = (value: string | number): string => {
  const text = Number.isNaN(value) ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
