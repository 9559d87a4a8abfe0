import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Environment, main } from '../processes.ts'

const clock = new URL('./clock.mjs', import.meta.url).href

/** What is started, and its settings. Each concurrent prediction is a thread, which takes time to start. */
const commands = { serve: ['serve'], worker: ['worker', '--concurrency', '5'] } as const

export type Command = keyof typeof commands

/** A `dsapi serve` or `dsapi worker` that is started again whenever it dies, as under systemd. */
export type LivingProcess = {
  readonly signal: (signal: NodeJS.Signals) => void
  /** Ends it for good. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a process that reads its clock through `clock.mjs`; resolves when it has begun to work.
 *
 * @param prefix what stands before the program's name; it must become that program
 */
export const startLiving = async (
  command: Command,
  env: Environment,
  prefix: readonly string[] = [],
): Promise<LivingProcess> => {
  let isOver = false
  let child: ChildProcess
  const start = async () => {
    const node = [process.execPath, '--import', clock, main]
    const [program, ...options] = [...prefix, ...node, ...commands[command]]
    child = spawn(program, options, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    child.on('exit', () => {
      if (!isOver) void start()
    })
    if (child.stderr === null) throw new Error('Standard error was to be a pipe')
    const lines = createInterface({ input: child.stderr })
    await Promise.race([once(lines, 'line'), once(child, 'exit')])
  }
  await start()
  return {
    signal: (signal) => child.kill(signal),
    stop: async () => {
      isOver = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      await exited
    },
  }
}
