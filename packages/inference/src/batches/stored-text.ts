/** A cell as it comes back from a database: none holds U+0000, nor half of a surrogate pair. */
export const storedText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')
