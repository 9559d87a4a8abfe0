import { isIP } from 'node:net'

/** Parses the text of a setting; `undefined` if it is not allowed. */
export type Parse<T> = (text: string) => T | undefined

/** No allowed number has more digits. */
const digits = /^\d{1,16}$/
const decimalDigits = /^\d{1,16}(?:\.\d{1,16})?$/

/** A whole number in decimal digits from `min` to `max`, both included. */
export const wholeNumber =
  (min: number, max: number): Parse<number> =>
  (text) => {
    const value = digits.test(text) ? Number(text) : Number.NaN
    return value >= min && value <= max ? value : undefined
  }

/** A decimal number, fractions allowed, from `min` to `max`, both included. */
export const decimalNumber =
  (min: number, max: number): Parse<number> =>
  (text) => {
    const value = decimalDigits.test(text) ? Number(text) : Number.NaN
    return value >= min && value <= max ? value : undefined
  }

/** 0, which switches something off, or a text that another parser accepts. */
export const zeroOr =
  (parse: Parse<number>): Parse<number> =>
  (text) =>
    text === '0' ? 0 : parse(text)

const bytesIn = { '': 1, B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }

/** A size in bytes: `65536`, `64KiB`, `1 MiB`. */
export const byteSize: Parse<number> = (text) => {
  const match = /^(\d{1,16}) ?(B|KiB|MiB|GiB)?$/.exec(text)
  if (match === null) return undefined
  const size = Number(match[1]) * bytesIn[(match[2] ?? '') as keyof typeof bytesIn]
  return size > 0 && Number.isSafeInteger(size) ? size : undefined
}

/** A number that another parser reads, if it is not larger. */
export const upTo =
  (max: number, parse: Parse<number>): Parse<number> =>
  (text) => {
    const value = parse(text)
    return value !== undefined && value <= max ? value : undefined
  }

/** One of a few words. */
export const oneOf =
  <const Word extends string>(words: readonly Word[]): Parse<Word> =>
  (text) =>
    words.find((word) => word === text)

/** A text that the first parser accepts, or else the second. */
export const either =
  <A, B>(first: Parse<A>, second: Parse<B>): Parse<A | B> =>
  (text) =>
    first(text) ?? second(text)

const hostName = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])$/

/** Names of hosts with commas between them, without ports, in lower case. */
export const hostNames: Parse<readonly string[]> = (text) => {
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  return names.every((name) => hostName.test(name)) ? names : undefined
}

/** An address, or a network of those that begin with as many bits as its own: `10.0.0.0/8`. */
const isNetwork = (text: string) => {
  const [, address, bits] = /^([0-9a-f.:]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (address === undefined || isIP(address) === 0) return false
  return Number(bits ?? 0) <= (isIP(address) === 4 ? 32 : 128)
}

/** Names of hosts, addresses and networks with commas between them, in lower case. */
export const hostsAndNetworks: Parse<readonly string[]> = (text) => {
  const hosts = text.split(',').map((host) => host.trim().toLowerCase())
  const isHost = (host: string) => isNetwork(host) || /^[a-z_-][a-z0-9._-]{0,252}$/.test(host)
  return hosts.every(isHost) ? hosts : undefined
}

/** An address, or the name of a host. */
export const hostOrAddress: Parse<string> = (text) =>
  isIP(text) !== 0 || /^[\w-]{1,63}(?:\.[\w-]{1,63})*\.?$/.test(text) ? text : undefined

/** The path of a URL, without a query. */
export const urlPath: Parse<string> = (text) =>
  /^\/[\x21-\x7e]{0,1000}$/.test(text) && !/[?#\\]/.test(text) ? text : undefined

/** Web origins (RFC 6454) as browsers name them, with commas between them; or `*`, any. */
export const origins: Parse<readonly string[]> = (text) => {
  const found = text.split(',').map((origin) => origin.trim())
  const isOrigin = (origin: string) => URL.canParse(origin) && new URL(origin).origin === origin
  return found.every((origin) => origin === '*' || isOrigin(origin)) ? found : undefined
}
