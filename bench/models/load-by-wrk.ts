import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How many requests are answered, and how long they take, in milliseconds. */
export type Load = {
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
}

type Request = {
  readonly url: string
  readonly key: string
  /** What is posted; without it, the URL is got. */
  readonly body?: string
  readonly connections: number
  readonly seconds: number
  /** Where the script for wrk may be written. */
  readonly folder: string
}

/**
 * Sends the same request again and again over connections that stay open, by wrk with one thread.
 *
 * @throws Error when an answer is not 200
 */
export const loadByWrk = async (request: Request): Promise<Load> => {
  const { url, key, body, connections, seconds, folder } = request
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '60s', '--latency']
  if (body !== undefined) options.push('-s', writeScript(folder, body))
  const { stdout } = await run('wrk', [...options, '-H', `X-API-Key: ${key}`, url])
  const [, requests] = /Requests\/sec:\s+([\d.]+)/.exec(stdout) ?? []
  if (requests === undefined || /Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout)
  return {
    requestsPerSecond: Number(requests),
    p50: latency(stdout, '50%'),
    p99: latency(stdout, '99%'),
  }
}

const writeScript = (folder: string, body: string) => {
  const script = join(folder, 'post.lua')
  const lines = [
    'wrk.method = "POST"',
    `wrk.body = ${JSON.stringify(body)}`,
    'wrk.headers["Content-Type"] = "application/json"',
  ]
  writeFileSync(script, lines.join('\n'))
  return script
}

const milliseconds = { us: 0.001, ms: 1, s: 1000 } as const

const latency = (printed: string, quantile: string): number => {
  const [, value, unit] = new RegExp(`${quantile}\\s+([\\d.]+)(us|ms|s)\\b`).exec(printed) ?? []
  if (unit !== 'us' && unit !== 'ms' && unit !== 's') throw new Error(printed)
  return Number(value) * milliseconds[unit]
}
