import { parseAccept } from 'hono/utils/accept'

/** More of the header is not read. */
const longestAccept = 1000

type Range = ReturnType<typeof parseAccept>[number]

/** How closely a range fits a media type; the closest one decides (RFC 9110, section 12.5.1). */
const closeness = ({ type }: Range, mediaType: string) => {
  const range = type.toLowerCase()
  if (range === mediaType) return 3
  if (range === `${mediaType.split('/')[0]}/*`) return 2
  return range === '*/*' ? 1 : 0
}

const qualityOf = (ranges: readonly Range[], mediaType: string, least: 1 | 3) => {
  let closest = least - 1
  let quality = 0
  for (const range of ranges) {
    const fits = closeness(range, mediaType)
    if (fits < least || fits < closest) continue
    // Of two that fit the same, the better one counts.
    quality = fits > closest ? range.q : Math.max(quality, range.q)
    closest = fits
  }
  return quality
}

/**
 * Whether a client prefers media types to the usual one: it names one of them, and likes it no less. A range such as
 * `*` stands for the usual one.
 *
 * @param header an `Accept` header
 */
export const prefers = (
  header: string | undefined,
  mediaTypes: readonly string[],
  usual: string,
): boolean => {
  if (header === undefined) return false
  const ranges = parseAccept(header.slice(0, longestAccept))
  const best = Math.max(...mediaTypes.map((mediaType) => qualityOf(ranges, mediaType, 3)))
  return best > 0 && best >= qualityOf(ranges, usual, 1)
}
