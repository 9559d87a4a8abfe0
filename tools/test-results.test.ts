import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { addUp, readTestResults } from './test-results.ts'

const repository = async (results: Record<string, object | undefined>, folder?: string) => {
  const root = folder ?? (await temporaryFolder())
  for (const [name, result] of Object.entries(results)) {
    const own = join(root, 'packages', name)
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'package.json'), JSON.stringify({ name }))
    writeFileSync(join(own, 'some.test.ts'), '')
    if (result) writeFileSync(join(own, 'result.json'), JSON.stringify(result))
  }
  return addUp(readTestResults(root, 'result.json'))
}

const result = (passed: number, failed: number, skipped: number, success = failed === 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  success,
})

test('the results of all packages are added up', async () => {
  const total = await repository({ a: result(3, 1, 0), b: result(2, 0, 4) })
  expect(total).toMatchObject({ passed: 5, failed: 1, skipped: 4 })
})

test('a package that crashed before it could report counts as one failure', async () => {
  const total = await repository({ a: result(3, 0, 0), b: undefined })
  expect(total).toMatchObject({ passed: 3, failed: 1, skipped: 0 })
})

test('a package in which a file could not be loaded counts as one failure', async () => {
  const total = await repository({ a: result(3, 0, 0, false) })
  expect(total).toMatchObject({ passed: 3, failed: 1, skipped: 0 })
})

test('a test that failed is named with its file and its message, and so is a file that could not be loaded', async () => {
  const root = await temporaryFolder()
  const failed = { fullName: 'it adds', status: 'failed', failureMessages: ['no\n    at x.ts:1'] }
  const { failures } = await repository(
    {
      a: {
        ...result(3, 1, 0),
        testResults: [
          {
            name: join(root, 'packages/a/b.test.ts'),
            status: 'failed',
            assertionResults: [failed],
          },
          {
            name: join(root, 'packages/a/c.test.ts'),
            ...{ status: 'failed', message: 'a word is missing', assertionResults: [] },
          },
        ],
      },
      b: undefined,
    },
    root,
  )
  expect(failures).toEqual([
    'packages/a/b.test.ts › it adds\nno',
    'packages/a/c.test.ts\na word is missing',
    'packages/b left no report: its tests crashed',
  ])
})
