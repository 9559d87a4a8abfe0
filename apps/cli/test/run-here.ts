import { fileURLToPath } from 'node:url'
import { runCommand } from '../src/run-command.ts'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Collects what is written to a stream of this process instead of writing it. */
const collect = (stream: NodeJS.WriteStream) => {
  const { write } = stream
  let text = ''
  stream.write = (chunk: Uint8Array | string) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return true
  }
  return {
    text: () => text,
    [Symbol.dispose]: () => {
      stream.write = write
    },
  }
}

/** Gives this process the arguments and the environment of a command, and takes them back. */
const pretend = (args: readonly string[], env: Readonly<Record<string, string>>): Disposable => {
  const before = { argv: process.argv, env: process.env }
  process.argv = [process.execPath, main, ...args]
  process.env = { PATH: before.env.PATH, ...env }
  return {
    [Symbol.dispose]: () => {
      process.argv = before.argv
      process.env = before.env
    },
  }
}

/**
 * Runs a command in this process as `main.js` does in a process of its own, which costs a tenth of it. It must end by
 * itself and set nothing for the whole process, so it cannot be one that serves.
 */
const run = async (env: Readonly<Record<string, string>>, args: readonly string[]) => {
  using _ = pretend(args, env)
  using stdout = collect(process.stdout)
  using stderr = collect(process.stderr)
  const code = await runCommand(args)
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

let last: Promise<unknown> = Promise.resolve()

/** The same, one command after another: all share the streams and the environment of this process. */
export const runHere = (
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Ended> => {
  const next = last.then(() => run(env, args))
  last = next.catch(() => {})
  return next
}
