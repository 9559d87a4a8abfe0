/**
 * Text as each engine can hold it: PostgreSQL's has no U+0000, and in UTF-8 there is no half of a surrogate pair. They
 * become U+FFFD, as a decoder's damaged bytes do, on each engine the same.
 */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')
