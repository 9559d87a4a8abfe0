import { execFile } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeWithProgram, temporaryFolder, waitFor } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { generate, makeKey, ownEnvironment, serveHere, spawned } from './dsapi.ts'

// Runs the commands of the front page and of the manual, and compares what they print with what stands there.

const root = fileURLToPath(new URL('../../..', import.meta.url))
const main = `${root}apps/cli/src/main.ts`

type Step = { readonly command: string; readonly output: string }

/** The commands of a page behind `$`, each with the lines below it. The test starts the server and makes the key. */
const stepsOf = (page: string): readonly Step[] =>
  [...readFileSync(root + page, 'utf8').matchAll(/^```console\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => block.split(/^\$ /m).slice(1))
    .map((text) => {
      const end = text.indexOf('\n')
      return { command: text.slice(0, end), output: text.slice(end + 1).trim() }
    })
    .filter(({ command }) => !/ start$|^KEY=/.test(command))

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g

const runIn = (folder: string, env: Readonly<Record<string, string>>, command: string) =>
  new Promise<string>((resolve) => {
    const options = { cwd: folder, env: { ...env, PATH: process.env.PATH } }
    execFile('bash', ['-c', `exec 2>&1; ${command}`], options, (_, printed) =>
      resolve(printed.trim()),
    )
  })

describeWithProgram('curl', 'curl')('the commands print what the page shows', () => {
  test.each(['README.md', 'docs/tutorial/first-prediction.md', 'docs/guides/jobs-and-batches.md'])(
    'in %s',
    async (page) => {
      const env = await ownEnvironment()
      await generate(env)
      const { key } = await makeKey(env)
      const url = await serveHere(env)
      const folder = await temporaryFolder()
      symlinkSync(`${root}docs`, `${folder}/docs`)

      /** The ids of jobs on the page, with those of this run. */
      const actualIds = new Map<string, string>()
      const run = (command: string) =>
        runIn(
          folder,
          { ...env, KEY: key },
          command
            .replace(/^curl /, 'curl -s ')
            .replace(/^npx -y pnpm@12 dsapi /, `"${process.execPath}" "${main}" `)
            .replace('http://localhost:8000', url)
            .replaceAll(ids, (id) => actualIds.get(id) ?? id),
        )
      const withoutIds = (text: string) => text.replaceAll(ids, 'ID')

      const steps = stepsOf(page)
      let hasWorker = false
      for (const { command, output } of steps) {
        // A job is not ready as long as no worker runs.
        if (!hasWorker && /Prefer: wait|\/result/.test(command)) {
          hasWorker = true
          spawned(['worker'], env)
        }
        let printed = await run(command)
        // A new model, and the result of a job, take a moment.
        const isEarly = () => /"code":"not_(found|ready)"/.test(printed) && !output.includes('not_')
        await waitFor(async () => {
          if (isEarly()) printed = await run(command)
          return !isEarly()
        })
        expect(withoutIds(printed), command).toBe(withoutIds(output))
        const [shown = [], actual = []] = [output.match(ids) ?? [], printed.match(ids) ?? []]
        for (const [index, id] of shown.entries()) actualIds.set(id, actual[index])
      }
      expect(steps.length).toBeGreaterThan(4)
    },
  )
})
