import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Environment } from './dsapi.ts'

/** The folder of the repository. */
export const root: string = fileURLToPath(new URL('../../..', import.meta.url))

const main = `${root}apps/cli/src/main.js`

type Step = { readonly command: string; readonly output: string }

/** The commands of a page behind `$`, each with the lines below it. The test starts the server and makes the key. */
export const stepsOf = (page: string): readonly Step[] =>
  [...readFileSync(root + page, 'utf8').matchAll(/^```console\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => block.split(/^\$ /m).slice(1))
    .map((text) => {
      const end = text.indexOf('\n')
      return { command: text.slice(0, end), output: text.slice(end + 1).trim() }
    })
    .filter(({ command }) => !/ start$|^KEY=/.test(command))

/** The blocks of Python that begin with the name of a file, such as `# train.py`. */
export const pythonFilesOf = (
  page: string,
): readonly { readonly name: string; readonly text: string }[] =>
  [...readFileSync(root + page, 'utf8').matchAll(/^```python\n# (\S+\.py)\n([\s\S]*?)^```$/gm)].map(
    ([, name, text]) => ({ name, text }),
  )

type Place = {
  /** Where the command runs. */
  readonly folder: string
  /** The server of the test. */
  readonly url: string
  readonly env: Environment
}

/** Runs a command of a page with the sources, and returns all that it prints. */
export const runCommand = (command: string, { folder, url, env }: Place): Promise<string> =>
  new Promise((resolve) => {
    const here = command
      .replace(/^curl /, 'curl -s ')
      .replace(/^npx -y pnpm@12 dsapi /, `"${process.execPath}" "${main}" `)
      .replace('http://localhost:8000', url)
    const options = { cwd: folder, env: { ...env, PATH: process.env.PATH } }
    execFile('bash', ['-c', `exec 2>&1; ${here}`], options, (_, printed) => resolve(printed.trim()))
  })
