// A key may come in where nobody expects one: in a path, in a header, in a row of a batch, in the message of an
// error. It is found by its form, which `@dsapi/auth` documents: `dsapi_` and 38 characters of base62.

/**
 * Sixteen characters of a key's secret part are enough to take a text for a key, or for what was left of one. Each
 * character may be followed by a slash: a path may have cut the key.
 */
const keys = /d\/?s\/?a\/?p\/?i\/?_(?:\/?[0-9A-Za-z]){16,38}/g

/** Whether a text can hold a key at all. This is all that most texts cost. */
const maybe = /dsapi_|[%/\\]/

/** More than anybody's proxies encode a text. What still changes after it was made to hide something. */
const mostRounds = 8

/** A visible character of ASCII, as URLs and as JSON may have it. */
const encoded = /(?:%|\\u00)([2-7][0-9A-Fa-f])/g
const encodedPercent = /%(?:25)+/g
/** What would end a text in JSON, or is not visible. */
const stays = new Set([' ', '"', '\\', '\x7f'])

const decodeOnce = (text: string) =>
  text.replace(encodedPercent, '%').replace(encoded, (whole: string, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return stays.has(character) ? whole : character
  })

/** Undefined for a text that is encoded more often than it is worth to decode. */
const decode = (text: string): string | undefined => {
  let decoded = text
  for (let round = 0; round < mostRounds; round++) {
    const next = decodeOnce(decoded)
    if (next === decoded) return decoded
    decoded = next
  }
  return undefined
}

/** Shorter ones would be found in the middle of words. */
const shortestOther = 8

/**
 * A text without the keys in it: also such as are percent-encoded, however often, and such as a slash has cut. A text
 * without a key stays as it is.
 *
 * @param other a key of another form, such as one from elsewhere that a request was sent with
 */
export const withoutKeys = (text: string, other = ''): string => {
  const hasOther = other.length >= shortestOther
  if (!maybe.test(text) && !(hasOther && text.includes(other))) return text
  const leaveOut = (from: string) => {
    const left = from.replace(keys, 'dsapi_…')
    return hasOther ? left.replaceAll(other, '…') : left
  }
  const decoded = /[%\\]/.test(text) ? decode(text) : text
  // Nothing behind the first sign of it can be trusted.
  if (decoded === undefined) return `${leaveOut(text.slice(0, text.search(/[%\\]/)))}…`
  const clean = leaveOut(decoded)
  return clean === decoded ? text : clean
}

/** Whether there is a key in a text, or what is left of one. */
export const holdsKey = (text: string, other?: string): boolean => withoutKeys(text, other) !== text
