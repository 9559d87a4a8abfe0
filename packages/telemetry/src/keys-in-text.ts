// A key may be in an unexpected place: a path, a header, a row of a batch, the message of an error. It is found by its
// form, which `@dsapi/auth` documents: `dsapi_` and 38 characters of base62. So is the secret of a webhook: `whsec_` and
// base64, which has slashes of its own.

/**
 * Sixteen characters of a key's secret part are enough to treat a text as a key, or as a part of one. A slash may follow
 * each character, because a path may have cut the key.
 */
const keys = /d\/?s\/?a\/?p\/?i\/?_(?:\/?[0-9A-Za-z]){16,38}/g

const webhookSecrets = /w\/?h\/?s\/?e\/?c\/?_[0-9A-Za-z+/_-]{16,128}={0,2}/g

/** Whether a text can contain a key, whose prefix ends with `i_` or `c_`, or an encoded one. Most texts cost only this
 * test. */
const maybe = /[ic]\/?_|[%\\]/

/** More often than any chain of proxies encodes a text. A text that is encoded more often was made to hide something. */
const mostRounds = 8

/** An encoded visible ASCII character, as in URLs and in JSON. */
const encoded = /(?:%|\\u00)([2-7][0-9A-Fa-f])/g
const encodedPercent = /%(?:25)+/g
/** Characters that would end a text in JSON, or are not visible. */
const stays = new Set([' ', '"', '\\', '\x7f'])

const decodeOnce = (text: string) =>
  text.replace(encodedPercent, '%').replace(encoded, (whole: string, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return stays.has(character) ? whole : character
  })

/** Decodes a text; undefined if it is encoded too often. */
const decode = (text: string): string | undefined => {
  let decoded = text
  for (let round = 0; round < mostRounds; round++) {
    const next = decodeOnce(decoded)
    if (next === decoded) return decoded
    decoded = next
  }
  return undefined
}

/** A shorter key would be found in the middle of words. */
const shortestOther = 8

/**
 * Removes keys and secrets of webhooks from a text, also those that are percent-encoded, however often, or cut by a slash. A text
 * without any is not changed.
 *
 * @param other a key of another form, for example one from elsewhere that authenticated the request
 */
export const withoutKeys = (text: string, other = ''): string => {
  const hasOther = other.length >= shortestOther
  if (!maybe.test(text) && !(hasOther && text.includes(other))) return text
  const leaveOut = (from: string) => {
    const left = from.replace(keys, 'dsapi_…').replace(webhookSecrets, 'whsec_…')
    return hasOther ? left.replaceAll(other, '…') : left
  }
  const decoded = /[%\\]/.test(text) ? decode(text) : text
  // Nothing after the first mark of an encoding can be trusted.
  if (decoded === undefined) return `${leaveOut(text.slice(0, text.search(/[%\\]/)))}…`
  const clean = leaveOut(decoded)
  return clean === decoded ? text : clean
}

/** Whether a text contains a key, or a part of one. */
export const holdsKey = (text: string, other?: string): boolean => withoutKeys(text, other) !== text
