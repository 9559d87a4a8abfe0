import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * The port that several processes share. For 0 a free port is chosen here, once: if the processes chose it, its number
 * would change when all of them end at once, and the printed address would be wrong.
 */
export const choosePort = async (host: string, port: number): Promise<number> => {
  if (port !== 0) return port
  const server = createServer().listen(0, host)
  try {
    await once(server, 'listening')
  } catch {
    return port // The first process reports what is wrong with the address.
  }
  const { port: chosen } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return chosen
}
