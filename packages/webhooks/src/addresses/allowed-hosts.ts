import { BlockList, isIP } from 'node:net'

/** Hosts to which webhooks may be sent although they are inside, and without TLS. */
export type AllowedHosts = {
  /** Whether a host is allowed by its name, or by its address where it has no name. */
  readonly hasHost: (hostname: string) => boolean
  readonly hasAddress: (address: string) => boolean
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** @param hosts names in lower case, addresses, and networks such as `10.1.0.0/16` */
export const readAllowedHosts = (hosts: readonly string[]): AllowedHosts => {
  const names = new Set<string>()
  const addresses = new BlockList()
  for (const host of hosts) {
    const [address, prefix] = host.split('/')
    if (isIP(address) === 0) names.add(host)
    else if (prefix === undefined) addresses.addAddress(address, family(address))
    else addresses.addSubnet(address, Number(prefix), family(address))
  }
  const hasAddress = (address: string) =>
    isIP(address) !== 0 && addresses.check(address, family(address))
  return { hasAddress, hasHost: (hostname) => names.has(hostname) || hasAddress(hostname) }
}
