const decoder = new TextDecoder()

/** The first bytes of a file as text, without a byte order mark and white space before it. */
export const headText = (head: Uint8Array): string => decoder.decode(head).trimStart()
