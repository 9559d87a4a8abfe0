import { execFileSync } from 'node:child_process'

const bridge = 'dsapi'
const prefix = '10.77.0'

export const subnet = `${prefix}.0/24`

const ip = (...words: string[]) => execFileSync('ip', words)

/** A network namespace with a cable to the bridge. */
export type Plug = {
  readonly name: string
  readonly address: string
  /** From now on packets to it and from it are dropped without an error. */
  readonly unplug: () => void
  readonly plugIn: () => void
}

/** Makes the bridge of all hosts, in the network namespace of this process. */
export const openNetwork = (): void => {
  ip('link', 'set', 'lo', 'up')
  ip('link', 'add', bridge, 'type', 'bridge')
  ip('address', 'add', `${prefix}.1/24`, 'dev', bridge)
  ip('link', 'set', bridge, 'up')
}

/** Makes a namespace with an address. */
export const addPlug = (name: string, number: number): Plug => {
  const address = `${prefix}.${number}`
  const cable = `to-${name}`
  ip('netns', 'add', name)
  ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
  ip('link', 'set', cable, 'master', bridge, 'up')
  ip('-n', name, 'address', 'add', `${address}/24`, 'dev', 'eth0')
  ip('-n', name, 'link', 'set', 'eth0', 'up')
  ip('-n', name, 'link', 'set', 'lo', 'up')
  return {
    name,
    address,
    unplug: () => void ip('link', 'set', cable, 'down'),
    plugIn: () => void ip('link', 'set', cable, 'up'),
  }
}

/** The processes that run in a namespace. */
export const processesIn = (name: string): readonly number[] =>
  ip('netns', 'pids', name)
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
