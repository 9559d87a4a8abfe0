const endOfAuthority = /[/?#]/

/** The path of a request's target as it was sent: without scheme and authority, and without the query. */
export const pathOf = (target: string): string => {
  const sent = target[0] === '/' ? target : withoutAuthority(target)
  const query = sent.indexOf('?')
  return query < 0 ? sent : sent.slice(0, query)
}

/** Of a target in absolute form, such as `http://host/path`; it may have no path. */
const withoutAuthority = (target: string) => {
  const rest = target.slice(target.indexOf('//') + 2)
  const end = rest.search(endOfAuthority)
  return rest[end] === '/' ? rest.slice(end) : '/'
}

/** What the path of a single prediction begins with. Values stand in it, and an empty one is answered as what it is. */
export const predictPath = '/predict/'

/** Characters that stand for themselves may be written in two ways (RFC 3986, section 6.2.2.2). */
const encodedUnreserved = /%(?:2[de]|3\d|[46][1-9a-f]|[57][0-9a]|5f|7e)/i
const notForPaths = /[^\x21-\x7e]|[\\#]/
const dotSegment = /\/\.\.?(?:\/|$)/

/**
 * What keeps a path from being in normal form (RFC 3986, section 6.2.2), in a sentence for the client; undefined when it
 * is. A program that decides by paths, such as a proxy, would take one in another form for another path.
 */
export const normalFormProblem = (path: string): string | undefined => {
  if (notForPaths.test(path)) {
    return 'The path holds a character that must be percent-encoded, such as a backslash, #, or one beyond ASCII'
  }
  // Each look for a character spares a pattern, which takes several times as long.
  if (path.includes('%') && encodedUnreserved.test(path)) {
    return 'The path percent-encodes a character that must stand for itself: letters, digits and - . _ ~ are not encoded'
  }
  if (path.includes('/.') && dotSegment.test(path)) {
    return 'The path has a segment . or .., which must be resolved before the request is sent'
  }
  if (path.includes('//') && !path.startsWith(predictPath)) {
    return 'The path has an empty segment: two slashes must not follow each other'
  }
  return undefined
}
