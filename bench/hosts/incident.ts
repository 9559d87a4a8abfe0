import { setTimeout as wait } from 'node:timers/promises'
import type { Host } from './host.ts'
import type { Site } from './site.ts'

/** An incident at a host. It is over when it resolves: then the host works again. */
export type Incident = {
  readonly host: string
  readonly what: string
  readonly happen: () => Promise<void>
}

const killedForMs = 3000
const unpluggedForMs = 4000
const storeAwayForMs = 2000

const seconds = (ms: number) => `${ms / 1000} s`

const kill = (host: Host, kind: string, forMs = killedForMs): Incident => ({
  host: host.name,
  what: `${kind} is killed, and started again after ${seconds(forMs)}`,
  happen: async () => {
    await host.kill()
    await wait(forMs)
    await host.start()
  },
})

const unplug = (host: Host, kind: string): Incident => ({
  host: host.name,
  what: `${kind} is unplugged for ${seconds(unpluggedForMs)}`,
  happen: async () => {
    host.unplug()
    await wait(unpluggedForMs)
    host.plugIn()
  },
})

const upgrade = (host: Host, kind: string): Incident => ({
  host: host.name,
  what: `${kind} is stopped (SIGTERM) and started again`,
  happen: async () => {
    await host.stop()
    await host.start()
  },
})

const apiHost = 'an api host'
const workerHost = 'a worker host'

/** Every host is killed and unplugged, one after another. */
export const troubles = ({ apis, workers, postgres, redis }: Site): readonly Incident[] => [
  ...apis.map((host) => kill(host, apiHost)),
  ...workers.map((host) => kill(host, workerHost)),
  ...apis.map((host) => unplug(host, apiHost)),
  ...workers.map((host) => unplug(host, workerHost)),
  kill(redis, 'Redis, which forgets everything,', storeAwayForMs),
  unplug(redis, 'Redis'),
  kill(postgres, 'PostgreSQL', storeAwayForMs),
  unplug(postgres, 'PostgreSQL'),
]

/** Every host is upgraded, one after another. */
export const upgrades = ({ apis, workers }: Site): readonly Incident[] => [
  ...apis.map((host) => upgrade(host, apiHost)),
  ...workers.map((host) => upgrade(host, workerHost)),
]

/** One of each kind, for the short form. */
export const oneOfEach = (incidents: readonly Incident[]): readonly Incident[] =>
  incidents.filter(({ what }, i) => incidents.findIndex((other) => other.what === what) === i)
