import { symlinkSync } from 'node:fs'
import { describeWithProgram, temporaryFolder, waitFor } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { generate, makeKey, ownEnvironment, serveHere, spawned } from './dsapi.ts'
import { root, runCommand, stepsOf } from './manual-page.ts'

// Runs the commands of the front page and of the manual, and compares what they print with what stands there.

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g

describeWithProgram('curl', 'curl')('the commands print what the page shows', () => {
  test.each([
    'README.md',
    'docs/tutorial/first-prediction.md',
    'docs/guides/jobs-and-batches.md',
    'docs/guides/other-servers.md',
  ])('in %s', async (page) => {
    const env = await ownEnvironment()
    await generate(env)
    const { key } = await makeKey(env)
    const url = await serveHere(env)
    const folder = await temporaryFolder()
    symlinkSync(`${root}docs`, `${folder}/docs`)

    /** The ids of jobs on the page, with those of this run. */
    const actualIds = new Map<string, string>()
    const run = (command: string) =>
      runCommand(
        command.replaceAll(ids, (id) => actualIds.get(id) ?? id),
        { folder, url, env: { ...env, KEY: key } },
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
  })
})
