import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A connection to a server that can be made to break. */
export type Relay = {
  readonly url: string
  /** The next so many connections end as soon as the server has answered, before the client sees it. */
  readonly breakNext: (connections: number) => void
  /** How many requests the server has had over it. */
  readonly requests: () => number
  readonly stop: () => Promise<void>
}

/** Stands before a server as a network does, byte for byte, and fails when told to. */
export const startRelay = async (target: string): Promise<Relay> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let toBreak = 0
  let requests = 0
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (data) => {
      if (/^(GET|POST|DELETE) /.test(data.toString('latin1'))) requests++
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (toBreak-- > 0) client.resetAndDestroy()
      else client.write(data)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const closed = once(server, 'close')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakNext: (connections) => {
      toBreak = connections
    },
    requests: () => requests,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await closed
    },
  }
}
