export const longestName = 200
export const longestNote = 1000

/**
 * What a name or a note of a key is written in: control characters and line separators could forge lines in a terminal,
 * and invisible characters of formatting could show a text in another order than it has. Nor may it hold halves
 * of a surrogate pair, which are no characters, and which no database can hold.
 */
export const keyTextPattern = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u

/** How it is written, for messages about one that is not. */
export const keyTextForm =
  'hold no control characters, no invisible characters of formatting and no half of a surrogate pair'

const readText = (text: string, longest: number): string | undefined =>
  text.length <= longest && keyTextPattern.test(text) && text.isWellFormed() ? text : undefined

/** Reads a key's name, without the spaces around it; undefined for what is none. */
export const parseKeyName = (text: string): string | undefined =>
  readText(text, longestName)?.trim() || undefined

/** Reads a key's note; undefined for what is none. */
export const parseKeyNote = (text: string): string | undefined => readText(text, longestNote)
