import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readWorkspace } from './workspace.ts'

/** How many tests passed, failed and were skipped, and which ones failed with what. */
export type TestResults = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly string[]
}

/** The part of the report of vitest's json reporter that is used here. */
type Report = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly success: boolean
  readonly testResults?: readonly FileReport[]
}

type FileReport = {
  readonly name: string
  readonly status: string
  /** Why the file could not be loaded. */
  readonly message: string
  readonly assertionResults: readonly {
    readonly fullName: string
    readonly status: string
    readonly failureMessages: readonly string[]
  }[]
}

/** The first lines of a message: the stack below them is in the output above. */
const shortMessage = (message: string) => message.split(/\n\s+at /)[0].slice(0, 2000)

const failuresOf = (root: string, { name, status, message, assertionResults }: FileReport) => {
  const path = relative(root, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0 && status === 'failed') return [`${path}\n${shortMessage(message)}`]
  return failed.map(
    ({ fullName, failureMessages }) =>
      `${path} › ${fullName}\n${failureMessages.map(shortMessage).join('\n')}`,
  )
}

const resultsOf = (root: string, report: Report): TestResults => {
  const failed = report.numFailedTests
  return {
    passed: report.numPassedTests,
    // A file that cannot be loaded has no tests to count, and fails nonetheless.
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests,
    failures: (report.testResults ?? []).flatMap((file) => failuresOf(root, file)),
  }
}

/**
 * Reads the report that vitest left in each package with tests. A package that left none crashed,
 * which counts as one failure.
 *
 * @param file the report's path inside each package
 */
export const readTestResults = (root: string, file: string): TestResults[] =>
  readWorkspace(root)
    .filter(({ files }) => [...files.keys()].some((path) => path.endsWith('.test.ts')))
    .map(({ folder }) => {
      try {
        return resultsOf(root, JSON.parse(readFileSync(join(folder, file), 'utf8')))
      } catch {
        const crashed = `${relative(root, folder)} left no report: its tests crashed`
        return { passed: 0, failed: 1, skipped: 0, failures: [crashed] }
      }
    })

export const addUp = (results: readonly TestResults[]): TestResults => ({
  passed: results.reduce((sum, { passed }) => sum + passed, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
  skipped: results.reduce((sum, { skipped }) => sum + skipped, 0),
  failures: results.flatMap(({ failures }) => failures),
})
