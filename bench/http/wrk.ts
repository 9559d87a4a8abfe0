import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Requests a second that a server answers with 200, by wrk with one thread. */
export const requestsPerSecond = async (
  url: string,
  key: string,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<number> => {
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '-H', `X-API-Key: ${key}`]
  const { stdout } = await run('wrk', [...options, url])
  if (stdout.includes('Non-2xx')) throw new Error(stdout)
  const figure = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]
  if (figure === undefined) throw new Error(stdout)
  return Number(figure)
}
