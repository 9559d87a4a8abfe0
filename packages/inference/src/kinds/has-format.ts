import { headText } from './head-text.ts'

/** Whether a file begins as `@dsapi/model` begins JSON of a format. */
export const hasFormat = (head: Uint8Array, format: string): boolean =>
  new RegExp(`^\\{\\s*"format"\\s*:\\s*"${format}"`).test(headText(head))
