import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Linux gives connections that go out a port from 32768 on, so none of them takes one of these meanwhile. */
const lowest = 10_000
const highest = 32_767
const tries = 20

/**
 * The port that several processes share. For 0 a free port is chosen here, once: if the processes chose it, its number
 * would change when all of them end at once, and the printed address would be wrong.
 */
export const choosePort = async (host: string, port: number): Promise<number> => {
  if (port !== 0) return port
  for (let i = 0; i < tries; i++) {
    const chosen = randomInt(lowest, highest + 1)
    if (await isFree(host, chosen)) return chosen
  }
  return port // The first process reports what is wrong with the address.
}

const isFree = async (host: string, port: number) => {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
