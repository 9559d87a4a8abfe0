import { headText } from './head-text.ts'

const beginning = /^\{\s*"format"\s*:\s*"([^"\\]*)"/

/** Whether a file begins as `@dsapi/model` begins JSON of a format. */
export const hasFormat = (head: Uint8Array, format: string): boolean =>
  beginning.exec(headText(head))?.[1] === format
