// The same form as in `@dsapi/auth`, which runs on servers only: it hashes with Node's own modules.

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const checksumLength = 6

/** CRC-32 (IEEE 802.3), bit by bit: a key has 38 characters. */
const crc32 = (text: string): number => {
  let crc = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

const checksumOf = (body: string): string => {
  let rest = crc32(body)
  let text = ''
  for (let digit = 0; digit < checksumLength; digit++) {
    text = base62[rest % 62] + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/**
 * What is wrong with a text as a key, so that a wrong paste never leaves the browser. Keys from elsewhere have no form
 * that could be checked.
 */
export const keyProblem = (text: string): string | undefined => {
  if (text === '') return 'Paste a key.'
  if (!/^[\x21-\x7e]+$/.test(text)) return 'A key has no spaces and no letters other than ASCII.'
  if (text.length > 256) return 'A key has at most 256 characters.'
  if (!text.startsWith('dsapi_')) return undefined
  if (!/^dsapi_[0-9A-Za-z]{38}$/.test(text))
    return 'A key of dsapi has 38 letters and digits after dsapi_. Was it copied as a whole?'
  const body = text.slice(0, -checksumLength)
  return text === body + checksumOf(body)
    ? undefined
    : 'The checksum of the key is wrong. Was it copied as a whole?'
}
