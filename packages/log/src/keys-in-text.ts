// A key may come in where nobody expects one: in a path, in a header, in a row of a batch, in the message of an
// error. It is found by its form, which `@dsapi/auth` documents: `dsapi_` and 38 characters of base62.

/** So many characters of a key's secret part are enough to take a text for a key, or for what was left of one. */
const fewest = 16
const most = 38

/** Each character may be followed by a slash: a path may have cut the key. */
const prefix = [...'dsapi_'].join('/?')
const keys = new RegExp(`${prefix}(?:/?[0-9A-Za-z]){${fewest},${most}}`, 'g')

/** Whether a text can hold a key at all. This is all that most texts cost. */
const maybe = /dsapi_|[%/]/

/** More than anybody's proxies encode a text. What still changes after it was made to hide something. */
const mostRounds = 8

/** The characters of a key, the slash and the percent sign: what is put in their place never breaks a line of JSON. */
const encoded = /%(2[Ff]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff])/g
const encodedPercent = /%(?:25)+/g

const decodeOnce = (text: string) =>
  text
    .replace(encodedPercent, '%')
    .replace(encoded, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

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

const leaveOut = (text: string) => text.replace(keys, 'dsapi_…')

/**
 * A text without the keys in it: also such as are percent-encoded, however often, and such as a slash has cut. A text
 * without a key stays as it is.
 */
export const withoutKeys = (text: string): string => {
  if (!maybe.test(text)) return text
  const decoded = text.includes('%') ? decode(text) : text
  // Nothing behind the first percent sign can be trusted.
  if (decoded === undefined) return `${leaveOut(text.slice(0, text.indexOf('%')))}…`
  const clean = leaveOut(decoded)
  return clean === decoded ? text : clean
}

/** Whether there is a key in a text, or what is left of one. */
export const holdsKey = (text: string): boolean => withoutKeys(text) !== text
