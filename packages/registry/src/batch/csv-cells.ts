/**
 * Takes a line of CSV apart (RFC 4180, without line breaks inside of quotes).
 */
export const readCells = (line: string): string[] => {
  if (!line.includes('"')) return line.split(',')
  const cells: string[] = []
  let rest = line
  for (;;) {
    const [whole, quoted, plain] = /^\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?=,|$)/.exec(rest) ?? []
    if (whole === undefined) return line.split(',') // Quotes that do not pair: taken as they are.
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (whole.length === rest.length) return cells
    rest = rest.slice(whole.length + 1)
  }
}

/** Writes a cell of CSV, in quotes where it needs them. */
export const writeCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
