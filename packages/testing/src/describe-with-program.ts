import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'

/**
 * `describe` for tests that need a program. Where there is none they are skipped, with a name that says what
 * to install; under `CI=true` they run, and fail.
 *
 * @param program is asked for its `--version` to see whether it is there
 * @param debianPackage what brings it
 */
export const describeWithProgram = (program: string, debianPackage: string) => {
  const isThere = spawnSync(program, ['--version']).status === 0
  return (name: string, tests: () => void): void => {
    if (isThere || process.env.CI === 'true') describe(name, tests)
    else describe.skip(`${name} (needs: apt-get install ${debianPackage})`, tests)
  }
}
