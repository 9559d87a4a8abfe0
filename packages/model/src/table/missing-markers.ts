/** What programs write where a value is missing, in lower case: pandas, R, SQL, spreadsheets, Weka. */
const MARKERS = new Set([
  '',
  ...['na', 'n/a', '<na>', 'n.a.', '#na', '#n/a', '#n/a n/a'],
  ...['nan', '-nan', '+nan', 'nat', '1.#ind', '-1.#ind', '1.#qnan', '-1.#qnan'],
  ...['null', '(null)', '<null>', '#null!', '\\n'],
  ...['#value!', '#ref!', '#div/0!', '#num!', '#name?'],
  ...['?', '-', '--', '–', '—', '.', '..', '...'],
])

/** Words that are values as well: a fence of the kind `none` is none that nobody knows. */
const WORDS = new Set(['none', 'nil', 'undefined', 'missing'])

/** The longest marker. */
const MAX_LENGTH = 9

/** Whether a text, without the white space around it, stands for a value that is missing, among texts. */
export function isMissingText(text: string): boolean {
  return typeof text === 'string' && text.length <= MAX_LENGTH && MARKERS.has(text.toLowerCase())
}

/** Whether a text, without the white space around it, stands for a value that is missing, among numbers. */
export function isMissingMarker(text: string): boolean {
  if (text.length > MAX_LENGTH) return false
  const lower = text.toLowerCase()
  return MARKERS.has(lower) || WORDS.has(lower)
}
