import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * The port that several processes share. For 0 it is drawn here, once: if the processes drew it, another would be drawn
 * when all of them have ended at once, and the address that was printed would lead nowhere.
 */
export const fixedPort = async (host: string, port: number): Promise<number> => {
  if (port !== 0) return port
  const server = createServer().listen(0, host)
  try {
    await once(server, 'listening')
  } catch {
    return port // The first process says what is wrong with the address.
  }
  const { port: drawn } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return drawn
}
