/** The most of a text that a message shows. */
const MAX_SHOWN = 40

/** A text as a message shows it: in quotes, shortened, and without characters that a terminal would obey. */
export function quoteText(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MAX_SHOWN + 1))
  const shown = characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : text
  return JSON.stringify(shown).replace(/\p{C}/gu, (character) =>
    Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
