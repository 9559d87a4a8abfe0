import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWorkspace } from './workspace.ts'

/** How many tests passed, failed and were skipped. */
export type Counts = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The part of the report of vitest's json reporter that is used here. */
type VitestResult = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly success: boolean
}

const oneFailure: Counts = { passed: 0, failed: 1, skipped: 0 }

const count = (result: VitestResult): Counts => {
  const failed = result.numFailedTests
  return {
    passed: result.numPassedTests,
    // A file that cannot be loaded has no tests to count, and fails nonetheless.
    failed: failed === 0 && !result.success ? 1 : failed,
    skipped: result.numPendingTests,
  }
}

/**
 * Reads the result that vitest left in each package with tests. A package that left none crashed,
 * which counts as one failure.
 *
 * @param file the result's path inside each package
 */
export const readCounts = (root: string, file: string): Counts[] =>
  readWorkspace(root)
    .filter(({ files }) => [...files.keys()].some((path) => path.endsWith('.test.ts')))
    .map(({ folder }) => {
      try {
        return count(JSON.parse(readFileSync(join(folder, file), 'utf8')))
      } catch {
        return oneFailure
      }
    })

export const addUp = (counts: readonly Counts[]): Counts =>
  counts.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
