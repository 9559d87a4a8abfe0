import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { workingFolder } from '@dsapi/config'
import type { PythonModel } from '@dsapi/registry'
import { CliError, UsageError } from '../../../terminal/cli-error.ts'

/** The options that go with `--python` alone. */
export type PythonArguments = {
  readonly interpreter?: string
  readonly processes?: number
  readonly directory?: string
}

/** @throws UsageError when one of them is given without `--python` */
export const refusePythonOptions = ({
  interpreter,
  processes,
  directory,
}: PythonArguments): void => {
  const given = Object.entries({ interpreter, processes, directory }).find(
    ([, value]) => value !== undefined,
  )
  if (given !== undefined) throw new UsageError(`--${given[0]} goes with --python`)
}

const isFile = (code: string) => /\.(pkl|pickle|joblib)$/.test(code)

/**
 * Completes what an operator named. Paths are stored whole, because servers start in other folders.
 *
 * @throws CliError when a file or folder is not there; UsageError when the code is neither a file nor a function
 */
export const pythonModelOf = (
  code: string,
  { interpreter = 'python3', processes = 1, directory = '.' }: PythonArguments,
): PythonModel => {
  if (!isFile(code) && !/^[\w.]+:[\w.]+$/.test(code)) {
    throw new UsageError(
      `--python ${JSON.stringify(code)} must be module:function, or a file that ends in .joblib, .pkl or .pickle`,
    )
  }
  return {
    callable: isFile(code) ? existing(code, 'file') : code,
    interpreter: interpreter.includes('/') ? existing(interpreter, 'program') : interpreter,
    processes,
    directory: existing(directory, 'folder'),
  }
}

const existing = (path: string, what: string) => {
  const whole = resolve(workingFolder(), path)
  if (existsSync(whole)) return whole
  throw new CliError(`There is no ${what} ${whole}`)
}
