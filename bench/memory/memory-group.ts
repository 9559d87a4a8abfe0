import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A control group that limits the memory of its processes, as in a container. */
export type MemoryGroup = {
  /** Adds the prefix that runs a command in the group. */
  readonly inside: (command: readonly string[]) => readonly string[]
  /** The kernel's counts: the peak in bytes, and the number of processes that it has killed. */
  readonly read: () => { readonly peak: number; readonly killed: number }
  /** Removes the group, once no process is in it. */
  readonly remove: () => void
}

type Files = { readonly limit: string; readonly peak: string; readonly events: string }

const versions: Readonly<Record<string, Files>> = {
  v2: { limit: 'memory.max', peak: 'memory.peak', events: 'memory.events' },
  v1: {
    limit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    events: 'memory.oom_control',
  },
}

/** The groups in which this process may make others: its own, as the kernel names it. */
const parents = () => {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n')
  return lines.flatMap((line) => {
    const [, controllers, path] = line.split(':')
    if (controllers === '') return [{ version: 'v2', folder: join('/sys/fs/cgroup', path) }]
    if (!controllers.split(',').includes('memory')) return []
    return ['/sys/fs/cgroup/memory', join('/sys/fs/cgroup/memory', path)].map((folder) => ({
      version: 'v1',
      folder,
    }))
  })
}

/** Makes such a group; `undefined` where this user may not: run as root, or in `systemd-run --user --scope -p Delegate=yes`. */
export const makeMemoryGroup = (limitBytes: number): MemoryGroup | undefined => {
  for (const { version, folder } of parents()) {
    const files = versions[version]
    const path = join(folder, `dsapi-${process.pid}-${Date.now()}`)
    try {
      mkdirSync(path)
    } catch {
      continue
    }
    try {
      writeFileSync(join(path, files.limit), String(limitBytes))
    } catch {
      rmdirSync(path)
      continue
    }
    const swap = join(path, version === 'v2' ? 'memory.swap.max' : 'memory.swappiness')
    if (existsSync(swap)) writeFileSync(swap, '0')
    return {
      inside: (command) => [
        'sh',
        '-c',
        `echo $$ > ${path}/cgroup.procs && exec "$@"`,
        'sh',
        ...command,
      ],
      read: () => ({
        peak: Number(readFileSync(join(path, files.peak), 'utf8')),
        killed: Number(/oom_kill (\d+)/.exec(readFileSync(join(path, files.events), 'utf8'))?.[1]),
      }),
      remove: () => {
        rmdirSync(path)
      },
    }
  }
  return undefined
}

/** How much memory a process has now, in bytes. */
export const residentBytes = (pid: number): number => {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(stdout.trim()) * 1024
}
