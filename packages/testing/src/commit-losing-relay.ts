import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A relay to a PostgreSQL that can lose the answer to a commit, as a network does. */
export type CommitLosingRelay = {
  /** The URL of the database through the relay. */
  readonly url: string
  /** Loses the answer to the next commit of a transaction that has this text in one of its statements. */
  readonly loseCommitAfter: (statement: string) => void
  /** The number of lost answers. */
  readonly lost: () => number
  readonly stop: () => Promise<void>
}

/**
 * Relays every byte to a PostgreSQL. A lost commit was done, because the server has answered by then.
 *
 * @param target the URL of a database
 */
export const startCommitLosingRelay = async (target: string): Promise<CommitLosingRelay> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let wanted: string | undefined
  let lost = 0

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    let isNext = false
    let isLosing = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (data) => {
      if (wanted !== undefined && data.includes(wanted)) isNext = true
      if (isNext && data.includes('commit')) isLosing = true
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (!isLosing) return client.write(data)
      wanted = undefined
      lost++
      client.resetAndDestroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const closed = once(server, 'close')
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    loseCommitAfter: (statement) => {
      wanted = statement
    },
    lost: () => lost,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await closed
    },
  }
}
