import type { ServerResponse } from 'node:http'

/** A signal that is aborted when a response is closed before all of it has left: its client is gone. */
export const disconnectSignal = (response: ServerResponse): AbortSignal => {
  const gone = new AbortController()
  if (response.closed) gone.abort()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}
