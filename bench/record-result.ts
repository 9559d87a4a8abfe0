import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'

/** The machine, time and versions of a measurement. */
export type About = {
  readonly date: string
  /** The commit that was measured, with `+` behind it where files were changed since. */
  readonly commit: string
  readonly machine: string
  readonly node: string
}

export type Result = { readonly about: About; readonly figures: unknown }

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()

const gib = (bytes: number) => `${Math.round(bytes / 2 ** 30)} GiB`

const describeRun = (): About => {
  const processors = cpus()
  const isChanged = git('status', '--porcelain') !== ''
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: git('rev-parse', '--short', 'HEAD') + (isChanged ? '+' : ''),
    machine: `${processors.length} × ${processors[0].model.trim()}, ${gib(totalmem())}, ${type()} ${release()}`,
    node: process.version,
  }
}

/** A folder that git ignores, so that measuring changes no file of the repository. */
export const runsFolder: URL = new URL('./runs/', import.meta.url)

/** The results that the documentation is generated from. */
export const resultsFolder: URL = new URL('./results/', import.meta.url)

/**
 * Writes what a benchmark has measured to `bench/runs/NAME.json`. `bench:promote NAME` makes a result of it that the
 * documentation shows.
 *
 * @param name the benchmark: `http` for `bench:http`
 */
export const recordResult = (name: string, figures: unknown): void => {
  const result: Result = { about: describeRun(), figures }
  mkdirSync(runsFolder, { recursive: true })
  writeFileSync(new URL(`${name}.json`, runsFolder), `${JSON.stringify(result, null, 2)}\n`)
  process.stdout.write(
    `\nWritten to bench/runs/${name}.json. To publish it: npx -y pnpm@12 --filter @dsapi/bench bench:promote ${name}\n`,
  )
}
