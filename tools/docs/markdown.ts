/** Text for a cell of a table. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A table in Markdown. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n')

/** Code inside a sentence. */
export const code = (text: string): string => `\`${text}\``

/** A block of code, with the language in which it is written. */
export const codeBlock = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trim()}\n\`\`\``

/** A sentence begins with a capital and ends with a full stop. */
export const sentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?:]$/.test(begun) ? begun : `${begun}.`
}
