import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before a server, and keeps what a client sends. */
export type CapturingProxy = {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** Forgets what was sent until now. */
  readonly begin: () => void
  /** What was sent since, with words in the place of what is different each time: the key and the host. */
  readonly sent: (key: string) => Buffer
  readonly stop: () => Promise<void>
}

/** Starts a proxy that forwards bytes as they are. */
export const startCapturingProxy = async (port: number): Promise<CapturingProxy> => {
  const sockets = new Set<Socket>()
  let parts: Buffer[] = []
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (data) => {
      parts.push(data)
      upstream.write(data)
    })
    upstream.pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    begin: () => {
      parts = []
    },
    sent: (key) => {
      // latin1 has a character for each byte.
      const text = Buffer.concat(parts).toString('latin1')
      const basic = Buffer.from(`triton:${key}`).toString('base64')
      const replaced = text.replaceAll(key, '{key}').replaceAll(basic, '{basic}')
      return Buffer.from(replaced.replaceAll(host, 'localhost:8000'), 'latin1')
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
