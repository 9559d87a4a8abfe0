import { Socket } from 'node:net'

/** Keeps hold of the sockets that connections are made over. `pg` closes an idle connection by a goodbye, and while
 * the network drops all packets the answer to it is waited for by the process for a quarter of an hour. */
export const trackSockets = () => {
  const all = new Set<Socket>()
  return {
    /** Makes a socket for a connection, which connects it. */
    open: (): Socket => {
      const socket = new Socket()
      all.add(socket)
      socket.once('close', () => all.delete(socket))
      return socket
    },
    /** Ends them all at once, whatever they wait for. */
    closeAll: (): void => {
      for (const socket of all) socket.destroy()
    },
  }
}
