import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Environment } from '../processes.ts'
import { addPlug, type Plug, processesIn } from './network.ts'

/** A host with one program on it. */
export type Host = Plug & {
  /** Starts the program, and waits until it does its work. */
  readonly start: () => Promise<void>
  /** Stops it, as systemd and Kubernetes do, and waits until it has ended. */
  readonly stop: () => Promise<void>
  /** Ends all its processes at once, as a power cut does. */
  readonly kill: () => Promise<void>
}

export type Program = {
  readonly command: readonly string[]
  readonly env?: Environment
  readonly isReady: (log: string) => boolean | Promise<boolean>
}

const readyWithinMs = 60_000
const askEveryMs = 50

/**
 * Makes a host with nothing running yet.
 *
 * @param number the last part of its address
 * @param folder where its output is kept
 */
export const makeHost = (
  name: string,
  number: number,
  folder: string,
  program: (address: string) => Program,
): Host => {
  const plug = addPlug(name, number)
  const { command, env, isReady } = program(plug.address)
  const log = join(folder, `${name}.log`)
  let child: ChildProcess | undefined

  const start = async () => {
    const output = openSync(log, 'w')
    const started = spawn('ip', ['netns', 'exec', name, ...command], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', output, output],
    })
    child = started
    closeSync(output)
    const deadline = performance.now() + readyWithinMs
    while (!(await isReady(readFileSync(log, 'utf8')))) {
      if (started.exitCode !== null || performance.now() > deadline) {
        throw new Error(`${name} does not work. It said:\n${readFileSync(log, 'utf8')}`)
      }
      await wait(askEveryMs)
    }
  }
  return {
    ...plug,
    start,
    stop: async () => {
      if (child === undefined) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
    kill: async () => {
      for (let pids = processesIn(name); pids.length > 0; pids = processesIn(name)) {
        for (const pid of pids) killIfThere(pid)
        await wait(1)
      }
    },
  }
}

const killIfThere = (pid: number) => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {} // It has ended by itself, or with its parent.
}
