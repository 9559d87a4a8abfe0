import { parseAccept } from 'hono/utils/accept'

const longestHeader = 200

/**
 * The first of some codings that a client takes (RFC 9110, section 12.5.3); undefined if it takes none of them.
 *
 * @param header `Accept-Encoding`
 */
export const codingFor = <C extends string>(
  header: string | undefined,
  codings: readonly C[],
): C | undefined => {
  if (header === undefined) return undefined
  const taken = parseAccept(header.slice(0, longestHeader))
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase())
  return codings.find((coding) => taken.includes(coding))
}
