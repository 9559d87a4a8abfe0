import { execFileSync, spawnSync } from 'node:child_process'
import { describe } from 'vitest'

/** A network namespace on this machine, like a host of its own, with one cable to this one. */
export type NetworkNamespace = {
  /** The address at which processes in it reach this machine. */
  readonly hostAddress: string
  /** The prefix of a command that runs in the namespace. */
  readonly command: readonly [string, ...string[]]
  /** From now on all packets of the cable are dropped, without an error for either side. */
  readonly cut: () => void
  readonly heal: () => void
  /** Removes the namespace, once all processes in it have ended. This happens by itself when this process ends. */
  readonly remove: () => void
}

const run = (program: string, ...args: readonly string[]) =>
  execFileSync(program, args, { stdio: 'pipe' })

let made = 0

/** Signals that by themselves end a process without its `exit` event. */
const deadly = ['SIGINT', 'SIGTERM'] as const
const endAtOnce = () => process.exit(1)

/**
 * Makes a network namespace. Requires root.
 *
 * @throws Error when that is not allowed here, or `ip` or `iptables` is missing
 */
export const makeNetworkNamespace = (): NetworkNamespace => {
  // Names and addresses are unique, because other runs may go on beside this one. (Addresses: RFC 2544, for benchmarks.)
  const index = process.pid * 8 + (made++ % 8)
  const name = `dsapi-${index}`
  const cable = `ds${index}`.slice(0, 14)
  const net = `198.${18 + ((index >> 14) & 1)}.${(index >> 6) & 255}`
  const [hostAddress, address] = [1, 2].map((last) => `${net}.${(index & 63) * 4 + last}`)
  const inside = ['netns', 'exec', name] as const
  const remove = () => {
    process.off('exit', remove)
    for (const signal of deadly) process.off(signal, endAtOnce)
    // The end of the namespace does not remove it in time, because connections may linger in it.
    spawnSync('ip', ['link', 'delete', cable])
    spawnSync('ip', ['netns', 'delete', name])
  }
  process.on('exit', remove)
  for (const signal of deadly) process.on(signal, endAtOnce)
  run('ip', 'netns', 'add', name)
  try {
    run('ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
    run('ip', 'address', 'add', `${hostAddress}/30`, 'dev', cable)
    run('ip', 'link', 'set', cable, 'up')
    run('ip', ...inside, 'ip', 'address', 'add', `${address}/30`, 'dev', 'eth0')
    for (const device of ['lo', 'eth0']) run('ip', ...inside, 'ip', 'link', 'set', device, 'up')
    run('ip', ...inside, 'iptables', '--list')
  } catch (error) {
    remove()
    throw error
  }
  const drop = (action: '--append' | '--delete') => {
    for (const [chain, to] of [
      ['INPUT', '--in-interface'],
      ['OUTPUT', '--out-interface'],
    ]) {
      run('ip', ...inside, 'iptables', '--wait', action, chain, to, 'eth0', '--jump', 'DROP')
    }
  }
  return {
    hostAddress,
    command: ['ip', ...inside],
    cut: () => drop('--append'),
    heal: () => drop('--delete'),
    remove,
  }
}

const missing = [
  ['ip', '-Version', 'iproute2'],
  ['iptables', '--version', 'iptables'],
].filter(([program, option]) => spawnSync(program, [option]).status !== 0)

/** Why there can be no network namespaces here; undefined where there can. */
const findReason = (): string | undefined => {
  if (missing.length > 0)
    return `needs: apt-get install ${missing.map(([, , name]) => name).join(' ')}`
  try {
    makeNetworkNamespace().remove()
    return undefined
  } catch {
    return 'needs root that may make network namespaces'
  }
}

/** Why there can be no network namespaces here; undefined where there can. */
export const noNetworkNamespaces = findReason()

/** `describe` for tests that need network namespaces. Where programs are missing they fail under `CI=true`. */
export const describeWithNetworkNamespaces = (name: string, tests: () => void): void => {
  const isWanted = missing.length > 0 && process.env.CI === 'true'
  if (noNetworkNamespaces === undefined || isWanted) describe(name, tests)
  else describe.skip(`${name} (${noNetworkNamespaces})`, tests)
}
