/** The host of a URL, without its port: a name, or an address without brackets. A dot at its end is left out, since it names
 * the same host. */
export const hostOf = ({ hostname }: URL): string =>
  hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
