// Three api hosts, three worker hosts, a PostgreSQL, a Redis and a proxy, each in a network namespace of its own on
// this machine, under load. First hosts are killed and unplugged in turn, then all are upgraded in turn.
//   pnpm --filter @dsapi/bench bench:hosts            about four minutes
//   pnpm --filter @dsapi/bench bench:hosts --short    about one
// It takes root. It ends with 1 where a job was lost or doubled, or a request failed during an upgrade.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chmodSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresProgram } from './postgres.ts'

const needed: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  haproxy: 'haproxy',
  nginx: 'nginx-light',
  'redis-server': 'redis-server',
  'redis-cli': 'redis-tools',
}

/** Debian has some of these where only root looks. */
const path = `${process.env.PATH}:/usr/sbin:/sbin`

const isThere = (program: string) =>
  path.split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

const refuse = (why: string): never => {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}

if (process.getuid?.() !== 0)
  refuse('Network namespaces take root. Run this as root: sudo, or a container of your own.')
const missing = Object.entries(needed).filter(([program]) => !isThere(program))
if (missing.length > 0) {
  const packages = new Set(missing.map(([, name]) => name))
  refuse(`Some programs are missing: apt-get install ${[...packages].join(' ')}`)
}
if (postgresProgram('postgres') === undefined)
  refuse('There is no PostgreSQL: apt-get install postgresql')

// All of it lives in namespaces of its own: its network, its processes and its mounts are gone with the first
// process in there, however that ends, and two runs know nothing of each other.
const folder = mkdtempSync(join(tmpdir(), 'dsapi-hosts-'))
chmodSync(folder, 0o755) // PostgreSQL runs as another user.
const unshare = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
// The shell stays, as the first process must wait for those whose parent was killed.
const prepare = 'mount -t tmpfs tmpfs /run && mkdir /run/netns && "$@"; exit $?'
const inside = fileURLToPath(new URL('./run-hosts.ts', import.meta.url))
const command = [process.execPath, inside, folder, ...process.argv.slice(2)]
const child = spawn('unshare', [...unshare, 'sh', '-c', prepare, 'sh', ...command], {
  env: { ...process.env, PATH: path },
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill('SIGKILL'))
}
const [code] = await once(child, 'exit')
rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
process.exitCode = code ?? 1
