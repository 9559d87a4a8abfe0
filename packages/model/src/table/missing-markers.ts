/** What programs write where a value is missing, in lower case: pandas, R, SQL, spreadsheets, Weka. */
const MARKERS = new Set([
  '',
  ...['na', 'n/a', '<na>', 'n.a.', '#na', '#n/a', '#n/a n/a'],
  ...['nan', '-nan', '+nan', 'nat', '1.#ind', '-1.#ind', '1.#qnan', '-1.#qnan'],
  ...['null', '(null)', '<null>', '#null!', '\\n', 'none', 'nil', 'undefined', 'missing'],
  ...['#value!', '#ref!', '#div/0!', '#num!', '#name?'],
  ...['?', '-', '--', '–', '—', '.', '..', '...'],
])

/** The longest marker. */
const MAX_LENGTH = 8

/** Whether a text, without the white space around it, stands for a value that is missing. */
export function isMissingMarker(text: string): boolean {
  return text.length <= MAX_LENGTH && MARKERS.has(text.toLowerCase())
}
