import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Peer } from './peer.ts'

const python = '/usr/bin/python3'
const file = fileURLToPath(new URL('./rq_peer.py', import.meta.url))
const timeoutMs = 60_000
const version = spawnSync(python, ['-c', 'import rq; print(rq.__version__)'], { encoding: 'utf8' })

/** python-rq, where Debian's python3-rq is installed. It forks for each job, so a few must do. */
export const rq: Peer | undefined =
  version.status === 0
    ? {
        name: `python-rq ${version.stdout.trim()}`,
        jobsPerSecond: async (redisUrl, count) =>
          Number(
            execFileSync(python, [file, redisUrl, String(count / 100)], { timeout: timeoutMs }),
          ),
      }
    : undefined
