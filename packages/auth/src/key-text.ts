export const longestName = 200
export const longestNote = 1000

/** What a name or a note of a key is written in. Control characters could do harm in a terminal; halves of a pair of
 * UTF-16 are no characters, and no database holds them. */
export const keyTextPattern = /^[^\p{Cc}\p{Cs}]*$/u

/** How it is written, for messages about one that is not. */
export const keyTextForm = 'hold no control characters and no half of a surrogate pair'

const readText = (text: string, longest: number): string | undefined =>
  text.length <= longest && keyTextPattern.test(text) ? text : undefined

/** Reads a key's name, without the spaces around it; undefined for what is none. */
export const parseKeyName = (text: string): string | undefined =>
  readText(text, longestName)?.trim() || undefined

/** Reads a key's note; undefined for what is none. */
export const parseKeyNote = (text: string): string | undefined => readText(text, longestNote)
