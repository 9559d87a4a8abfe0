import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'

/**
 * `describe` for tests that need something. Where it is missing they are skipped, with a name that says what to
 * install; under `CI=true` they run, and fail.
 *
 * @param debianPackage what brings it
 */
export const describeWhere = (isThere: boolean, debianPackage: string) => {
  return (name: string, tests: () => void): void => {
    if (isThere || process.env.CI === 'true') describe(name, tests)
    else describe.skip(`${name} (needs: apt-get install ${debianPackage})`, tests)
  }
}

/** `describe` for tests that need a program, which is asked for its `--version` to see whether it is there. */
export const describeWithProgram = (program: string, debianPackage: string) =>
  describeWhere(spawnSync(program, ['--version']).status === 0, debianPackage)
