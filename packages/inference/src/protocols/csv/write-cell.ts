/** What a reader of CSV would take for something else than a part of the cell. */
const needsQuotes = /[",\r\n]|^\s|\s$/

/** Writes a cell of CSV (RFC 4180), in quotes where it needs them. */
export const writeCell = (text: string): string =>
  needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
