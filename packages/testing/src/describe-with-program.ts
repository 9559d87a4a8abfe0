import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'

/**
 * `describe` for tests with a requirement. If it is missing, they are skipped with a name that says what to install. With
 * `CI=true` they run and fail.
 *
 * @param debianPackage the package to install
 */
export const describeWhere = (isThere: boolean, debianPackage: string) => {
  return (name: string, tests: () => void): void => {
    if (isThere || process.env.CI === 'true') describe(name, tests)
    else describe.skip(`${name} (needs: apt-get install ${debianPackage})`, tests)
  }
}

/** `describe` for tests that need a program. Running it with `--version` shows whether it is installed. */
export const describeWithProgram = (program: string, debianPackage: string) =>
  describeWhere(spawnSync(program, ['--version']).status === 0, debianPackage)
