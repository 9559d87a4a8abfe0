import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Debian's, for which its packages are. */
const python = '/usr/bin/python3'

type PythonClient = {
  /** Has a step run, and returns what the client has understood. */
  readonly run: (step: string) => Promise<unknown>
  readonly stop: () => Promise<void>
}

/** Starts a script that runs the steps whose names it reads. */
export const startPythonClient = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): PythonClient => {
  const child = spawn(python, args, {
    env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    run: async (step) => {
      child.stdin.write(`${step}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`The script ended at the step ${step}`)
      return JSON.parse(value)
    },
    stop: async () => {
      child.stdin.end()
      await exited
    },
  }
}
