import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describeWhere } from '@dsapi/testing'

const python = process.env.DSAPI_PYTHON ?? '/usr/bin/python3'

/** Whether the Python of the tests has a module. */
const hasModule = (name: string) => spawnSync(python, ['-c', `import ${name}`]).status === 0

/** `describe` where Python has scikit-learn, else a skipped one that names the package. */
export const describeWithSklearn = describeWhere(hasModule('sklearn'), 'python3-sklearn')

/**
 * Reads the problems that a script in this folder draws.
 *
 * @param seed another seed gives other problems
 */
export const drawCases = <R>(script: string, seed: number, count: number): R => {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const options = { encoding: 'utf8', maxBuffer: 1e9 } as const
  return JSON.parse(execFileSync(python, [path, `${seed}`, `${count}`], options))
}
