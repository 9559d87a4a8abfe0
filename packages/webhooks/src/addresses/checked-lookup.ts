import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { AllowedHosts } from './allowed-hosts.ts'
import { isInside } from './inside-addresses.ts'

/** A host has an address to which nothing may be sent. Another attempt would not change that. */
export class InsideAddressError extends Error {
  override readonly name = 'InsideAddressError'

  constructor(host: string) {
    super(
      `${host} is inside the network of the server. The operator can allow it with DSAPI_WEBHOOK_HOSTS`,
    )
  }
}

/** Resolves a name to all its addresses, as `lookup` of `node:dns` does with `all`. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true; readonly family?: number | undefined },
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/**
 * Makes the function that resolves the host of a connection. The connection is made to the very addresses that it has
 * checked, because nothing resolves the name again. One address that is not allowed is enough to refuse the host.
 */
export const createCheckedLookup =
  (allowed: AllowedHosts, resolve: Resolve = systemLookup): LookupFunction =>
  (hostname, options, callback) => {
    const family = typeof options.family === 'number' ? options.family : 0
    resolve(hostname, { all: true, family }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const isRefused = ({ address }: LookupAddress) =>
        isInside(address) && !allowed.hasAddress(address)
      if (!allowed.hasHost(hostname) && addresses.some(isRefused)) {
        return callback(new InsideAddressError(hostname), [])
      }
      const [first] = addresses
      if (first === undefined) return callback(new Error(`${hostname} has no address`), [])
      if (options.all === true) return callback(null, addresses)
      return callback(null, first.address, first.family)
    })
  }
