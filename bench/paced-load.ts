import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'

type Pace = {
  /** Requests a second. */
  readonly rate: number
  readonly seconds: number
  readonly connections: number
}

/**
 * Sends requests at an even pace, whether or not answers keep up (an open loop). Returns the milliseconds of each from
 * the time at which it was due, so the wait for a connection counts.
 *
 * @param request the whole request, headers and body, as it goes over the wire; answers must all come in one
 *   piece, as short ones do
 */
export const pacedLoad = async (
  port: number,
  request: string,
  { rate, seconds, connections }: Pace,
): Promise<readonly number[]> => {
  const idle: Socket[] = []
  const all: Socket[] = []
  const due: number[] = []
  const latencies: number[] = []
  let open = 0
  let failed: string | undefined

  const ask = (socket: Socket) => {
    const dueAt = due.shift()
    if (dueAt === undefined) return void idle.push(socket)
    open++
    socket.once('data', (answer) => {
      if (!answer.toString('latin1', 0, 12).endsWith(' 200')) failed ??= answer.toString()
      latencies.push(performance.now() - dueAt)
      open--
      ask(socket)
    })
    socket.write(request)
  }
  for (let i = 0; i < connections; i++) {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    socket.on('close', () => {
      failed ??= 'The connection was closed'
    })
    all.push(socket)
    idle.push(socket)
  }
  const begun = performance.now()
  const count = rate * seconds
  for (let next = 0; next < count || open > 0; await setImmediate()) {
    if (failed !== undefined) throw new Error(failed)
    const now = performance.now()
    for (; next < count && begun + (next * 1000) / rate <= now; next++) {
      due.push(begun + (next * 1000) / rate)
    }
    while (due.length > 0 && idle.length > 0) {
      const socket = idle.pop()
      if (socket !== undefined) ask(socket)
    }
  }
  for (const socket of all) socket.destroy()
  return latencies
}
