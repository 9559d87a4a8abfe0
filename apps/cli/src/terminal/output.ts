/** Prints data, for people or for programs to read on. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Prints a message for the person at the terminal, on standard error; never data. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

/** The option `--json`, which prints data for programs. */
export type Json = { readonly json?: true }

/** Prints a value as JSON, for programs. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Escapes the characters of a text that would move, reverse or hide others on a terminal. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })

/** Lays rows out in columns as wide as their widest cell, under a header. */
export const table = (header: readonly string[], texts: readonly (readonly string[])[]): string => {
  const rows = texts.map((row) => row.map(printable))
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  )
  return [header, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

/** An instant as people and programs both read it: `2026-01-31 12:00:00Z`. */
export const formatInstant = (instant: number | null): string =>
  instant === null ? '-' : `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')}Z`
