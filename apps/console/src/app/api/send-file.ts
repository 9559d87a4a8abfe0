import { consoleUrl } from '../base.ts'
import { type Problem, readProblem, unreachable } from './problem.ts'
import { consoleHeaders, reportSessionEnded } from './request.ts'

export type Upload = {
  readonly path: string
  readonly body: Blob
  readonly headers: Readonly<Record<string, string>>
  readonly onProgress: (sentBytes: number) => void
  readonly signal: AbortSignal
}

/**
 * Sends a file. It uses XMLHttpRequest, because only that reports how much has been sent.
 *
 * @returns the answer, read as JSON
 * @throws Problem if the answer is an error, or none came
 */
export const sendFile = <T>(upload: Upload): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const request = new XMLHttpRequest()
  request.open('POST', `${consoleUrl}/api${upload.path}`)
  const headers = { accept: 'application/json', ...consoleHeaders, ...upload.headers }
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  const fail = (problem: Problem) => reject(problem)
  request.upload.onprogress = ({ loaded }) => upload.onProgress(loaded)
  request.onerror = () => fail(unreachable())
  request.onabort = () => reject(upload.signal.reason)
  request.onload = () => {
    const { status, responseText } = request
    if (status >= 200 && status < 300) return resolve(JSON.parse(responseText) as T)
    if (status === 401) reportSessionEnded()
    fail(readProblem(status, (name) => request.getResponseHeader(name), responseText))
  }
  upload.signal.addEventListener('abort', () => request.abort())
  request.send(upload.body)
  return promise
}
