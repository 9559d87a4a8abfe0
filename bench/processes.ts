import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { waitFor } from '@dsapi/testing'

export type Environment = Readonly<Record<string, string>>

/** The file that `node` runs as `dsapi`. */
export const main = fileURLToPath(new URL('../apps/cli/src/main.js', import.meta.url))

/** Runs a command of dsapi to its end. */
export const runDsapi = async (args: readonly string[], env: Environment): Promise<void> => {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`dsapi ${args.join(' ')} ended with ${code}`)
}

/** Waits until a server answers anything at all. */
export const untilItAnswers = (url: string): Promise<void> =>
  waitFor(() =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  )

/** Asks a process to end, and waits until it has. */
export const stopChild = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
