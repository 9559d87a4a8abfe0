import { BlockList, isIPv4, isIPv6 } from 'node:net'

// Ranges that are not on the public internet, or lead back from it (IANA, IPv4 and IPv6 Special-Purpose Address
// Registries), and addresses under which clouds answer questions of their machines.

const insideV4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by a carrier; metadata of Alibaba
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure
  ['169.254.0.0', 16], // link-local; metadata of AWS, Azure, Google
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments; metadata of Oracle
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // relays of 6to4
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
]

/** All that is assigned on the public internet. So loopback, unique-local, link-local, multicast, IPv4-mapped and NAT64
 * addresses are outside of it. */
const publicV6 = ['2000::', 3] as const
const insideV6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23], // protocol assignments, Teredo
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: an IPv4 address in disguise
  ['3fff::', 20], // documentation
]

const inside = new BlockList()
for (const [network, prefix] of insideV4) inside.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of insideV6) inside.addSubnet(network, prefix, 'ipv6')
const public_ = new BlockList()
public_.addSubnet(...publicV6, 'ipv6')

/** Whether requests of a server to an address could reach what is not meant for everyone. True also for what is no
 * address. */
export const isInside = (address: string): boolean => {
  if (isIPv4(address)) return inside.check(address, 'ipv4')
  // A zone, as in `fe80::1%eth0`, belongs to link-local addresses only.
  if (!isIPv6(address) || address.includes('%')) return true
  return !public_.check(address, 'ipv6') || inside.check(address, 'ipv6')
}
