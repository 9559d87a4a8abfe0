export const longestName = 200
export const longestNote = 1000
/** To how many models a key may be bound. */
export const mostModels = 100

/**
 * The characters of a key's name or note. Control characters and line separators could forge lines in a terminal, and
 * invisible formatting characters could reorder a text. Halves of a surrogate pair are no characters, and no database
 * can hold them.
 */
export const keyTextPattern = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u

/** The rule in words, for messages about a wrong text. */
export const keyTextForm =
  'hold no control characters, no invisible characters of formatting and no half of a surrogate pair'

const readText = (text: string, longest: number): string | undefined =>
  text.length <= longest && keyTextPattern.test(text) && text.isWellFormed() ? text : undefined

/** Reads a key's name, without the spaces around it; undefined for an invalid one. */
export const parseKeyName = (text: string): string | undefined =>
  readText(text, longestName)?.trim() || undefined

/** Reads a key's note; undefined for an invalid one. */
export const parseKeyNote = (text: string): string | undefined => readText(text, longestNote)
