import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** The outcome of a load: the number of answers, and the time. */
export type LoadResult = { readonly answers: number; readonly seconds: number }

/**
 * Sends the same request again and again over several connections, one at a time on each. All answers must have the
 * length of the first one, so that reading them is cheap.
 *
 * @param request the whole request, headers and body, as it goes over the wire
 */
export const load = async (
  port: number,
  request: string,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> => {
  const sockets: Socket[] = []
  for (let i = 0; i < connections; i++) {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    sockets.push(socket)
  }
  const length = await lengthOfAnswer(sockets[0], request)
  const begun = performance.now()
  const end = begun + seconds * 1000
  let answers = 0
  const ask = (socket: Socket) =>
    new Promise<void>((resolve) => {
      let received = 0
      socket.on('data', (data) => {
        received += data.length
        if (received < length) return
        received -= length
        answers++
        if (performance.now() < end) socket.write(request)
        else resolve()
      })
      socket.write(request)
    })
  await Promise.all(sockets.map(ask))
  const elapsed = (performance.now() - begun) / 1000
  for (const socket of sockets) socket.destroy()
  return { answers, seconds: elapsed }
}

/** The bytes of a whole answer; the first may have one more header than the rest, so the second's. */
const lengthOfAnswer = async (socket: Socket, request: string): Promise<number> => {
  let length = 0
  for (let i = 0; i < 2; i++) {
    socket.write(request)
    const [data] = await once(socket, 'data')
    length = data.length
  }
  return length
}
