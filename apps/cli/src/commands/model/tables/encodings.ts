import { TextDecoder } from 'node:util'
import { InvalidArgumentError } from 'commander'

/** The name by which the Encoding Standard knows an encoding, such as windows-1252 for latin1. */
export const readEncoding = (text: string): string => {
  const label = text
    .trim()
    .toLowerCase()
    .replace(/^utf(8|16)/, 'utf-$1')
  if (label === 'utf-16') return label
  try {
    return new TextDecoder(label.replace(/^cp-?125/, 'windows-125')).encoding
  } catch {
    throw new InvalidArgumentError(
      'It must be the name of an encoding, such as utf-8, utf-16, windows-1252 or iso-8859-2.',
    )
  }
}

/** The characters of 0x80 to 0x9f in Windows-1252; five of them are none. */
const upperControls = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'

/**
 * Decodes Windows-1252, of which Latin-1 is a part.
 *
 * @returns undefined where a byte is no character. The Encoding Standard would make a control character of it
 */
export const decodeWindows1252 = (bytes: Buffer = Buffer.alloc(0)): string | undefined => {
  let isWhole = true
  const text = bytes.toString('latin1').replace(/[\x80-\x9f]/g, (character) => {
    const decoded = upperControls[character.charCodeAt(0) - 0x80]
    if (decoded === '\0') isWhole = false
    return decoded
  })
  return isWhole ? text : undefined
}
