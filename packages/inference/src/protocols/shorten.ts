/** A name as an error shows it: a row's error must not become longer than an answer to the row would be. */
export const shorten = (text: string, longest = 40): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text
