// What `pnpm test` runs: lint, unused exports, types, then the tests of all packages (the map's among them). It goes
// on after a failure, and ends with what failed and `N passed, N failed`, in which the first three count one each.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addUp, readTestResults } from './test-results.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const resultFile = '.turbo/vitest.json'

let running: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    running?.kill(signal)
    process.exit(1)
  })
}

/** Runs a program in the repository's root, and says whether it ended well. */
const run = async (program: string, ...args: string[]): Promise<boolean> => {
  process.stdout.write(`\n› ${program} ${args.join(' ')}\n`)
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }
  running = spawn(program, args, { cwd: root, stdio: 'inherit', env })
  const [code] = await once(running, 'close')
  return code === 0
}

const checked = (name: string, passed: boolean) => ({
  passed: Number(passed),
  failed: Number(!passed),
  skipped: 0,
  failures: passed ? [] : [`${name}: see the top of the output`],
})

/** Deletes the results of an earlier run, so that a package which crashes cannot hide behind them. */
const forget = () => {
  for (const file of globSync(`*/*/${resultFile}`, { cwd: root })) rmSync(`${root}/${file}`)
  for (const file of globSync(`*/${resultFile}`, { cwd: root })) rmSync(`${root}/${file}`)
}

forget()
const lint = await run('biome', 'check', '--error-on-warnings')
const unused = await run('knip')
const types = await run('turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only')
await run(
  'turbo',
  'run',
  'test',
  '--continue',
  '--concurrency=3', // Tests wait much: two at a time leave a third of two cores idle.
  '--output-logs=full',
  '--',
  ...['--reporter=default', '--reporter=json', `--output-file.json=${resultFile}`],
  ...['--testTimeout=180000', '--hookTimeout=180000'], // Only a test that would never end takes so long on a busy machine.
)

const total = addUp([
  checked('lint', lint),
  checked('unused exports', unused),
  checked('types', types),
  ...readTestResults(root, resultFile),
])
if (total.failures.length > 0) {
  process.stdout.write(`\nWhat failed:\n\n${total.failures.join('\n\n')}\n`)
}
if (total.skipped > 0) {
  process.stdout.write('\nSkipped tests that lack a program say in their name what to install.\n')
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`)
process.exitCode = total.failed === 0 ? 0 : 1
